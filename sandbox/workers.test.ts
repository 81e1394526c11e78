import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { listenOnLoopback } from './listen.ts'
import { openSandbox } from './test-client.ts'

const START = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))

function startTwo(port = '0') {
  return fork(START, ['sandbox/main.ts', '--port', port], {
    execArgv: [],
    env: { ...process.env, SANDBOX_WORKERS: '2' },
  })
}

/** By a connection of this request's, so that the next one has another. */
async function startOf(url: string): Promise<string | undefined> {
  const [response] = (await once(get(`${url}/metrics`, { agent: false }), 'response')) as [
    NodeJS.ReadableStream,
  ]
  return /^process_start_time_seconds \S+$|^process_cpu_seconds_total \S+$/m.exec(
    await text(response),
  )?.[0]
}

test(
  'workers share a port and take turns, and end with their parent',
  { timeout: 90_000 },
  async () => {
    const child = startTwo()
    const [message] = (await once(child, 'message')) as [{ type: string; url: string }]
    assert.equal(message.type, 'listening')
    const seen = new Set([await startOf(message.url), await startOf(message.url)])
    assert.equal(seen.size, 2)

    child.disconnect()
    assert.deepEqual(await once(child, 'exit'), [0, null])
    await assert.rejects(fetch(message.url))
  },
)

test('a port that is taken is told once, and no worker stays', { timeout: 90_000 }, async (t) => {
  const { app } = await openSandbox(t)
  const { port } = new URL(await listenOnLoopback(app, 0))
  const child = startTwo(port)
  const [message] = (await once(child, 'message')) as [{ type: string; message: string }]
  assert.equal(message.type, 'failed')
  assert.match(message.message, new RegExp(`port ${port} of 127.0.0.1 to be free`))
  assert.deepEqual(await once(child, 'exit'), [1, null])
})
