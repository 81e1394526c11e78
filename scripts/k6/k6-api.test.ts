import assert from 'node:assert/strict'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { K6ApiError, openK6Api } from './k6-api.ts'

interface Seen {
  method: string
  path: string
  body: string
}

type Answer = { code?: number; body?: string } | 'silence'

/** A server that answers as k6 v2.2.0 does, and what it was asked. */
async function fakeK6(t: TestContext, answer: (seen: Seen) => Answer) {
  const all: Seen[] = []
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const seen = { method: request.method ?? '', path: request.url ?? '', body }
      all.push(seen)
      const told = answer(seen)
      if (told === 'silence') return
      response.statusCode = told.code ?? 200
      response.end(told.body ?? '')
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { api: openK6Api((server.address() as AddressInfo).port), all }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

const setupData = (data: string) => ({
  body: `{"data":{"type":"setupData","id":"default","attributes":{"data":${data}}}}`,
})

test('a status is a number', async (t) => {
  const { api } = await fakeK6(t, () => ({
    body: '{"data":{"type":"status","id":"default","attributes":{"status":4,"paused":true}}}',
  }))
  assert.equal(await api.status(), 4)
})

test('what setup() returned goes on as bare JSON', async (t) => {
  const { api, all } = await fakeK6(t, () => setupData('{"token":"ä","n":[1,null]}'))
  const data = await api.runSetup()
  assert.equal(data, '{"token":"ä","n":[1,null]}')
  await api.putSetup(data)
  assert.deepEqual(
    all.map(({ method, path }) => `${method} ${path}`),
    ['POST /v1/setup', 'PUT /v1/setup'],
  )
  assert.equal(all[1]?.body, data)
})

test('a script without setup() has no data', async (t) => {
  const { api } = await fakeK6(t, () => setupData('null'))
  assert.equal(await api.runSetup(), undefined)
})

test('start and stop are changes of the status', async (t) => {
  const { api, all } = await fakeK6(t, () => ({ body: '{}' }))
  await api.resume()
  await api.stop()
  await api.runTeardown()
  assert.deepEqual(
    all.map(({ method, path }) => `${method} ${path}`),
    ['PATCH /v1/status', 'PATCH /v1/status', 'POST /v1/teardown'],
  )
  const attributes = all.slice(0, 2).map(({ body }) => {
    return (JSON.parse(body) as { data: { attributes: unknown } }).data.attributes
  })
  assert.deepEqual(attributes, [{ paused: false }, { stopped: true }])
})

test("k6's own reason is kept when it refuses", async (t) => {
  const { api } = await fakeK6(t, () => ({
    code: 500,
    body: '{"errors":[{"status":"500","title":"Error executing setup","detail":"no log-in"}]}',
  }))
  await assert.rejects(api.runSetup(), (error) => {
    return error instanceof K6ApiError && error.message === 'no log-in'
  })
})

test('an answer that never comes is given up, and so is one that nobody waits for', async (t) => {
  const { api } = await fakeK6(t, () => 'silence')
  const startedAtMs = performance.now()
  await assert.rejects(api.status(), { name: 'TimeoutError' })
  assert.ok(performance.now() - startedAtMs < 5_000)
  await assert.rejects(api.runSetup(AbortSignal.timeout(50)), { name: 'TimeoutError' })
})
