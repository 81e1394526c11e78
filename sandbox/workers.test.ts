import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { test } from 'node:test'
import { listenOnLoopback } from './listen.ts'
import { openSandbox } from '../tests/support/sandbox/test-client.ts'

const START = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url))

function startTwo(port = '0') {
  return fork(START, ['sandbox/main.ts', '--port', port], {
    execArgv: [],
    env: { ...process.env, SANDBOX_WORKERS: '2' },
  })
}

/** Over a new connection, so that the next worker has its turn. */
async function ask(url: string): Promise<string> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [NodeJS.ReadableStream]
  return text(response)
}

test(
  'workers share a port and take turns, and end with their parent',
  { timeout: 90_000 },
  async () => {
    const child = startTwo()
    const [message] = (await once(child, 'message')) as [{ type: string; url: string }]
    assert.equal(message.type, 'listening')
    // Each worker counts its own requests.
    for (let turn = 0; turn < 4; turn++) await ask(`${message.url}/v1/stats`)
    for (let turn = 0; turn < 2; turn++)
      assert.match(await ask(`${message.url}/metrics`), /_count\{route="\/v1\/stats".*\} 2$/m)

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
