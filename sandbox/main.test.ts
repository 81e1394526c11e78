import assert from 'node:assert/strict'
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { listenOnLoopback } from './listen.ts'
import { openSandbox } from '../tests/support/sandbox/test-client.ts'

const START = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))
const MAIN = 'sandbox/main.ts'

// A process that hangs must fail its test, not the whole suite.
const limits = { timeout: 60_000 }

test(
  'a forked sandbox tells its URL, ignores Ctrl+C and ends with its parent',
  limits,
  async () => {
    const child = fork(START, [MAIN, '--port', '0'])
    const [message] = (await once(child, 'message')) as [{ type: string; url: string }]
    assert.equal(message.type, 'listening')

    child.kill('SIGINT')
    const health = await fetch(`${message.url}/healthz`)
    assert.deepEqual(await health.json(), { status: 'ok' })

    child.disconnect()
    assert.deepEqual(await once(child, 'exit'), [0, null])
  },
)

test(
  'a taken port is told to the parent in one message, and the exit code is 1',
  limits,
  async (t) => {
    const { app } = await openSandbox(t)
    const port = new URL(await listenOnLoopback(app, 0)).port
    const child = fork(START, [MAIN, '--port', port])

    assert.deepEqual((await once(child, 'message'))[0], {
      type: 'failed',
      message: `Expected port ${port} of 127.0.0.1 to be free, but it is in use`,
    })
    assert.deepEqual(await once(child, 'exit'), [1, null])
  },
)

test('started by hand it prints its URL, and SIGTERM closes it', limits, async () => {
  const child = spawn(process.execPath, [START, MAIN])
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  assert.match(line.toString(), /^sandbox listening on http:\/\/127\.0\.0\.1:\d+\n$/)

  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [0, null])
})

test('a bad setting is one clear line and exit code 1', limits, async () => {
  const env = { ...process.env, SANDBOX_POOL_MAX: 'many' }
  const child = spawn(process.execPath, [START, MAIN], { env })
  const [line] = (await once(child.stderr, 'data')) as [Buffer]

  assert.equal(
    line.toString(),
    'error: Expected SANDBOX_POOL_MAX to be an integer from 1 to 1000, got "many"\n',
  )
  assert.deepEqual(await once(child, 'exit'), [1, null])
})

test('only loopback can connect', limits, async (t) => {
  const { app } = await openSandbox(t)
  const port = Number(new URL(await listenOnLoopback(app, 0)).port)
  assert.equal((app.server.address() as AddressInfo).address, '127.0.0.1')
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')

  for (const { address } of others) {
    const socket = connect(port, address)
    const refused = await Promise.race([
      once(socket, 'connect').then(() => false),
      new Promise((resolve) => socket.once('error', () => resolve(true))),
    ])
    socket.destroy()
    assert.ok(refused, `expected ${address} to refuse`)
  }
})

test(
  'a client that hangs up is counted as such, and not as in flight for ever',
  limits,
  async (t) => {
    const { app, metric } = await openSandbox(t, { databaseRoundTripMs: 2_000 })
    const url = await listenOnLoopback(app, 0)
    const hangUp = new AbortController()
    const aborted = fetch(`${url}/v1/stats`, { signal: hangUp.signal })
    while ((await metric('sandbox_http_requests_in_flight')) !== 1) await sleep(10)
    hangUp.abort()
    await assert.rejects(aborted)

    while ((await metric('sandbox_http_requests_in_flight')) !== 0) await sleep(10)
    const labels = '{route="/v1/stats",method="GET",status="499"}'
    assert.equal(await metric(`sandbox_http_request_duration_seconds_count${labels}`), 1)
  },
)
