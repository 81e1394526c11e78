import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { listenOnLoopback } from '../listen.ts'
import type { SandboxSettings } from '../settings.ts'
import { openStream } from '../../tests/support/sandbox/stream-client.ts'
import { openSandbox } from '../../tests/support/sandbox/test-client.ts'

type Said = Record<string, unknown>

async function openLive(test: TestContext, overrides: Partial<SandboxSettings> = {}) {
  const sandbox = await openSandbox(test, overrides)
  const token = (await sandbox.login()).access_token
  const url = `${await listenOnLoopback(sandbox.app, 0)}/v1/live`
  const connect = async () => {
    const { socket, updates, received, closed } = await openStream(test, url, token)
    return {
      closed,
      socket,
      said: updates as unknown as Said[],
      send: (message: unknown) => {
        socket.send(typeof message === 'string' ? message : JSON.stringify(message))
      },
      received: async (count: number) => (await received(count)) as unknown as Said[],
    }
  }
  return { ...sandbox, token, url, connect }
}

test('a prompt is enhanced, stored and answered with the id of its message', async (t) => {
  const { as, connect, token } = await openLive(t)
  const { send, received } = await connect()
  send({ id: 7, type: 'enhance', prompt: 'Explain tides' })
  const [answer] = await received(1)

  assert.deepEqual([answer?.['id'], answer?.['type']], [7, 'enhanced'])
  const result = answer?.['result'] as { id: number; enhanced_prompt: string }
  assert.match(result.enhanced_prompt, /Explain tides/)
  const { json } = await as(token, '/v1/history')
  assert.equal(json.items?.[0]?.id, result.id)
})

test('a subscription is confirmed, and updates come until the client leaves', async (t) => {
  const { connect } = await openLive(t, { streamDropEvery: 0 })
  const { send, received } = await connect()
  send({ id: 1, type: 'subscribe', interval_ms: 50 })
  const [confirmed, ...updates] = await received(4)

  assert.deepEqual(confirmed, { id: 1, type: 'subscribed', interval_ms: 50 })
  assert.deepEqual(
    updates,
    [1, 2, 3].map((sequence) => ({ type: 'load', sequence, running: 0, queued: 0 })),
  )
})

test('every second subscription is dropped after its first update', async (t) => {
  const { connect } = await openLive(t, { streamDropEvery: 2 })
  for (const drops of [false, true, false, true]) {
    const { send, received, closed, said } = await connect()
    send({ id: 1, type: 'subscribe', interval_ms: 50 })
    if (drops) {
      assert.deepEqual(await closed, [1012, 'service restart'])
      assert.equal(said.length, 2)
    } else {
      await received(4)
    }
  }
})

for (const [what, message] of [
  ['no JSON', 'hello'],
  ['a list of JSON', 'null'],
  ['no id', { type: 'enhance', prompt: 'a' }],
  ['no prompt', { id: 1, type: 'enhance', prompt: '' }],
  ['an unknown type', { id: 1, type: 'shout' }],
  ['an interval too short', { id: 1, type: 'subscribe', interval_ms: 1 }],
] as const) {
  test(`a message with ${what} is answered with an error, and the connection stays`, async (t) => {
    const { connect } = await openLive(t)
    const { send, received } = await connect()
    send(message)
    send({ id: 2, type: 'enhance', prompt: 'a' })
    const [error, answer] = await received(2)
    assert.deepEqual([error?.['type'], error?.['code']], ['error', 'invalid_message'])
    assert.deepEqual([answer?.['type'], answer?.['id']], ['enhanced', 2])
  })
}

test('a client that does not wait for answers gets errors', async (t) => {
  const { connect } = await openLive(t, { modelMedianMs: 50, modelSigma: 0 })
  const { send, received } = await connect()
  for (let id = 1; id <= 20; id++) send({ id, type: 'enhance', prompt: `prompt ${id}` })
  const codes = (await received(20)).map(({ code }) => code)
  assert.equal(codes.filter((code) => code === 'too_many').length, 4)
})

test('nobody is served without a log-in or without an upgrade', async (t) => {
  const { as, token, url } = await openLive(t)
  await assert.rejects(openStream(t, url), { message: 'Unexpected server response: 401' })
  const { status, json } = await as(token, '/v1/live')
  assert.deepEqual([status, json.error?.code], [426, 'upgrade_required'])
})
