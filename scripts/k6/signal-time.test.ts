import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { freePort } from '../core/free-port.ts'
import { waitForSignalTime } from './signal-time.ts'

const going = new AbortController().signal

/** A k6 whose API answers with one status after the other, and goes on with the last one. */
async function k6WithStatus(t: TestContext, statuses: number[]) {
  const asked: number[] = []
  const server = createServer((_request, response) => {
    const status = statuses[Math.min(asked.length, statuses.length - 1)] ?? 0
    asked.push(status)
    response.end(JSON.stringify({ data: { attributes: { status } } }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, asked }
}

test('a k6 that still reads its script is waited for', async (t) => {
  const { port, asked } = await k6WithStatus(t, [0, 0, 1])
  assert.equal(await waitForSignalTime({ port, hasBegun: () => false, ended: going }), true)
  assert.deepEqual(asked, [0, 0, 1])
})

test('a k6 under load gets its signal at once', async (t) => {
  const { port, asked } = await k6WithStatus(t, [7])
  assert.equal(await waitForSignalTime({ port, hasBegun: () => true, ended: going }), true)
  assert.deepEqual(asked, [7])
})

for (const status of [9, 10, 11]) {
  test(`a k6 that ends by itself gets none (status ${status})`, async (t) => {
    const { port } = await k6WithStatus(t, [status])
    assert.equal(await waitForSignalTime({ port, hasBegun: () => true, ended: going }), false)
  })
}

test('a k6 that writes its summary has closed its API, and gets none', async () => {
  const port = await freePort()
  assert.equal(await waitForSignalTime({ port, hasBegun: () => true, ended: going }), false)
})

test('a k6 that has ended is waited for no more', async () => {
  const port = await freePort()
  const ended = new AbortController()
  const waited = waitForSignalTime({ port, hasBegun: () => false, ended: ended.signal })
  ended.abort()
  assert.equal(await waited, false)
})
