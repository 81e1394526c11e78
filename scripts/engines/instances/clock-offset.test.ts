import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { clockOffset } from './clock-offset.ts'

async function serverWithClock(t: TestContext, date: () => string | undefined): Promise<string> {
  const server = createServer((_request, response) => {
    const told = date()
    response.sendDate = false
    if (told !== undefined) response.setHeader('date', told)
    response.end('ok')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a server that is ahead is measured to a fraction of the second that its header has', async (t) => {
  const url = await serverWithClock(t, () => new Date(Date.now() + 2_345).toUTCString())
  const offset = await clockOffset(url)
  assert.ok(offset)
  assert.ok(Math.abs(offset.offsetMs - 2_345) <= offset.errorMs + 5, JSON.stringify(offset))
  assert.ok(offset.errorMs < 250, JSON.stringify(offset))
})

test('a server without a date, or with two clocks, says nothing', async (t) => {
  assert.equal(await clockOffset(await serverWithClock(t, () => undefined)), undefined)
  let answers = 0
  const url = await serverWithClock(t, () => {
    return new Date(Date.now() + (answers++ % 2) * 30_000).toUTCString()
  })
  assert.equal(await clockOffset(url), undefined)
})

test('a server that is not there says nothing', async () => {
  assert.equal(await clockOffset('http://127.0.0.1:9'), undefined)
})
