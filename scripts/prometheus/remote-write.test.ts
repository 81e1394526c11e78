import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { type Receiver, remoteWrite } from './remote-write.ts'

let status = 204
const server = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(status).end('because'))
})
let receiver: Receiver

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  receiver = { url: `http://127.0.0.1:${port}/api/v1/write`, headers: {} }
})
after(() => server.close())

test('many writes leave nothing behind on the signal that they share', async () => {
  const { signal } = new AbortController()
  for (let push = 0; push < 20; push++) {
    assert.deepEqual(await remoteWrite(receiver, [], { timeoutMs: 5_000, signal }), {
      isAccepted: true,
    })
  }
  // The last connection may close a moment after its answer.
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(getEventListeners(signal, 'abort').length, 0)
})

test('a refusal is given with its status and words', async () => {
  status = 400
  const result = await remoteWrite(receiver, [], { timeoutMs: 5_000 })
  assert.deepEqual(result, { isAccepted: false, status: 400, reason: 'because' })
})

test('a write that is given up says so', async () => {
  const ending = new AbortController()
  const written = remoteWrite(receiver, [], { timeoutMs: 5_000, signal: ending.signal })
  ending.abort()
  assert.deepEqual(await written, { isAccepted: false, reason: 'given up' })
})
