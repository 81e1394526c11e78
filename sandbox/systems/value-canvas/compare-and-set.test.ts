import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openSandbox } from '../../../tests/support/sandbox/test-client.ts'

async function openCanvas(t: TestContext, settings: Record<string, number> = {}) {
  const { app, ask, login } = await openSandbox(t, settings, { systems: ['value-canvas'] })
  const token = (await login()).access_token
  const url = '/v1/canvases/c/state'
  const set = async (version: string, state: object) => {
    const headers = { authorization: `Bearer ${token}`, 'if-match': version }
    const { statusCode } = await app.inject({ method: 'PUT', url, headers, payload: { state } })
    return statusCode
  }
  const patch = (state: object) => ask('PATCH', url, { token, payload: { state } })
  const read = async () => (await ask('GET', url, { token })).json
  return { set, patch, read }
}

test('a write with If-Match is accepted for the version that is there, and for no other', async (t) => {
  const { set, read } = await openCanvas(t)
  assert.equal(await set('"1"', {}), 412)
  assert.equal(await set('"0"', { n: 1 }), 200)
  assert.equal(await set('"0"', { n: 9 }), 412)
  assert.equal(await set('"1"', { n: 2 }), 200)
  assert.equal(await set('three', {}), 400)
  const { version, state } = await read()
  assert.deepEqual([version, state], [2, { n: 2 }])
})

const keysOf = (json: Record<string, unknown>): number =>
  Object.keys(json['state'] as object).length

test('of twenty writes at once over one version one is accepted', async (t) => {
  const { set } = await openCanvas(t, { databaseRoundTripMs: 1 })
  await set('"0"', {})
  const writes = Array.from({ length: 20 }, (_, n) => set('"1"', { n }))
  const statuses = await Promise.all(writes)
  assert.equal(statuses.filter((status) => status === 200).length, 1)
})

test('the planted racy merge loses writes that were accepted', async (t) => {
  const { set, patch, read } = await openCanvas(t, {
    databaseRoundTripMs: 1,
    canvasRacyWriteEvery: 2,
  })
  await set('"0"', {})
  const merges = Array.from({ length: 20 }, (_, n) => patch({ [`key-${n}`]: n }))
  assert.ok((await Promise.all(merges)).every(({ status }) => status === 200))
  assert.ok(keysOf(await read()) < 20)
})
