import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { projectPath } from '../core/project.ts'
import { freePort } from '../core/free-port.ts'
import { K6_METRICS } from '../../tests/support/run/generator-example.ts'
import { openK6Metrics } from './generator-request.ts'

test('an answer is read, over one connection for all requests', async (t) => {
  const { port, server } = await serve(t, (_, response) => response.end(K6_METRICS))
  let connections = 0
  server.on('connection', () => (connections += 1))
  const k6 = open(t, port)

  for (let reads = 0; reads < 3; reads += 1) assert.equal((await k6.read())?.cpuSeconds, 0.05)
  assert.equal(connections, 1)
})

const USELESS: Record<string, RequestListener> = {
  'answers garbage': (_, response) => response.end('\0\xff{"not": "metrics"}'),
  'answers with an error': (_, response) => response.writeHead(500).end(K6_METRICS),
  'closes the connection': (request) => request.socket.destroy(),
  'breaks off': (_, response) => response.write(K6_METRICS, () => response.destroy()),
  'never answers': () => undefined,
  'never ends its answer': (_, response) => void response.write(K6_METRICS),
  'sends without end': (_, response) => {
    const send = (): void => {
      if (!response.destroyed) response.write('#'.repeat(65_536), send)
    }
    send()
  },
}
for (const [what, listener] of Object.entries(USELESS)) {
  test(`a server that ${what} costs the figures and nothing else`, async (t) => {
    const { port } = await serve(t, listener)

    assert.equal(await open(t, port).read(), undefined)
  })
}

test('nobody on the port costs the figures, until k6 is there', async (t) => {
  const port = await freePort()
  const k6 = open(t, port)
  assert.equal(await k6.read(), undefined)

  await serve(t, (_, response) => response.end(K6_METRICS), port)
  assert.equal((await k6.read())?.cpuSeconds, 0.05)
})

test('a request under way ends when the reader is closed', async (t) => {
  const { port, server } = await serve(t, () => undefined)
  const k6 = openK6Metrics(port, 600_000)

  const reading = k6.read()
  await once(server, 'request')
  k6.close()
  assert.equal(await reading, undefined)
})

test('neither a request that hangs nor a watch keeps the process alive', async (t) => {
  const { port } = await serve(t, () => undefined)
  const program = 'tests/support/run/read-and-watch.ts'
  const args = [projectPath('scripts', 'start.mjs'), program, String(port)]

  // Rejects when the process has to be killed.
  await promisify(execFile)(process.execPath, args, { timeout: 30_000 })
})

function open(t: TestContext, port: number) {
  const k6 = openK6Metrics(port, 200)
  t.after(() => k6.close())
  return k6
}

async function serve(t: TestContext, listener: RequestListener, onPort = 0) {
  const server = createServer(listener).listen(onPort, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}
