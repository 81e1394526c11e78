import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { freePort } from '../../core/free-port.ts'

test('a free port can be listened on', async (t) => {
  const port = await freePort()

  const server = createServer().listen(port, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  assert.equal((server.address() as AddressInfo).port, port)
})
