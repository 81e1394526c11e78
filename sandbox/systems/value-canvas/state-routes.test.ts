import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { SandboxSettings } from '../../settings.ts'
import { openSandbox } from '../../../tests/support/sandbox/test-client.ts'

async function openCanvas(test: TestContext, overrides: Partial<SandboxSettings> = {}) {
  const sandbox = await openSandbox(test, overrides, { systems: ['value-canvas'] })
  const token = (await sandbox.login()).access_token
  const url = (id: string) => `/v1/canvases/${id}/state`
  return {
    ...sandbox,
    put: (id: string, payload: object) => sandbox.ask('PUT', url(id), { token, payload }),
    patch: (id: string, payload: object) => sandbox.ask('PATCH', url(id), { token, payload }),
    get: (id: string) => sandbox.ask('GET', url(id), { token }),
  }
}

test('a state is set, read and replaced, its version growing by one', async (t) => {
  const { put, get, send } = await openCanvas(t)
  const first = await put('plan_A-1', { state: { a: 1, text: 'a "quoted" ☃' } })
  assert.equal(first.status, 200)
  assert.deepEqual(Object.keys(first.json), ['id', 'version', 'updated_at'])
  assert.deepEqual([first.json['id'], first.json['version']], ['plan_A-1', 1])

  const read = await get('plan_A-1')
  assert.equal(read.status, 200)
  assert.deepEqual(read.json, { ...first.json, state: { a: 1, text: 'a "quoted" ☃' } })

  assert.equal((await put('plan_A-1', { state: { b: 2 } })).json['version'], 2)
  assert.deepEqual((await get('plan_A-1')).json['state'], { b: 2 })
  assert.equal((await send({ url: '/v1/stats' })).json['stored_canvases'], 1)
})

test('a merge replaces what it names at the top level and leaves the rest', async (t) => {
  const { put, patch, get } = await openCanvas(t)
  await put('c', { state: { kept: 1, gone: { deep: 1 }, nothing: 3 } })
  const { status, json } = await patch('c', { state: { gone: { other: 2 }, nothing: null } })

  assert.equal(status, 200)
  assert.deepEqual([json['id'], json['version']], ['c', 2])
  assert.deepEqual(json['state'], { kept: 1, gone: { other: 2 }, nothing: null })
  assert.deepEqual((await get('c')).json, json)
})

test('twenty merges at once all survive, each with a version of its own', async (t) => {
  const { put, patch, get } = await openCanvas(t, { databaseRoundTripMs: 1, poolMax: 10 })
  await put('c', { state: {} })
  const merges = Array.from({ length: 20 }, (_, index) =>
    patch('c', { state: { [`key ${index}`]: index } }),
  )
  const versions = (await Promise.all(merges)).map(({ json }) => json['version'] as number)

  assert.deepEqual(
    versions.sort((one, other) => one - other),
    Array.from({ length: 20 }, (_, index) => index + 2),
  )
  const state = (await get('c')).json['state'] as Record<string, number>
  assert.deepEqual(
    Object.values(state).sort((one, other) => one - other),
    Array.from({ length: 20 }, (_, index) => index),
  )
})

test('a canvas without a state is answered 404 by a read and by a merge', async (t) => {
  const { patch, get, send } = await openCanvas(t)
  for (const { status, json } of [await get('none'), await patch('none', { state: {} })]) {
    assert.deepEqual([status, json.error?.code], [404, 'not_found'])
    assert.equal(json.error?.message, 'Expected a canvas with a state, got id none')
  }
  assert.equal((await send({ url: '/v1/stats' })).json['stored_canvases'], 0)
})

test('ids of 1 to 64 letters, digits, - and _ are taken, others answered 400', async (t) => {
  const { put, get, patch } = await openCanvas(t)
  assert.equal((await put('x'.repeat(64), { state: {} })).status, 200)

  for (const id of ['x'.repeat(65), 'x'.repeat(500), 'a%20b', 'a.b', '%C3%A4', '']) {
    for (const answer of [get(id), put(id, { state: {} }), patch(id, { state: {} })]) {
      const { status, json } = await answer
      assert.deepEqual([status, json.error?.code], [400, 'invalid_request'], id)
      assert.match(json.error?.message ?? '', /^params\/id must match pattern/)
    }
  }
})

test('a body without an object as its state is answered 400', async (t) => {
  const { put, patch } = await openCanvas(t)
  await put('c', { state: {} })
  for (const body of [{}, { state: null }, { state: [] }, { state: '{}' }, []]) {
    assert.equal((await put('c', body)).status, 400, JSON.stringify(body))
    assert.equal((await patch('c', body)).status, 400, JSON.stringify(body))
  }
})

test('a state that is or would become too large is answered 413 and changes nothing', async (t) => {
  const { put, patch, get } = await openCanvas(t)
  const half = 'x'.repeat(600_000)
  assert.equal(
    (await put('c', { state: { half, other: half } })).json.error?.code,
    'state_too_large',
  )
  await put('c', { state: { half } })
  const { status, json } = await patch('c', { state: { other: half } })

  assert.deepEqual([status, json.error?.code], [413, 'state_too_large'])
  assert.equal((await get('c')).json['version'], 1)
})

test('a state nested deeper than the stack is answered 400', async (t) => {
  const { app, login } = await openCanvas(t)
  const depth = 100_000
  const payload = `{"state":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`
  const response = await app.inject({
    method: 'PUT',
    url: '/v1/canvases/c/state',
    headers: {
      authorization: `Bearer ${(await login()).access_token}`,
      'content-type': 'application/json',
    },
    payload,
  })
  assert.equal(response.statusCode, 400)
  assert.match(response.body, /nested less deeply/)
})

for (const [method, path] of [
  ['PUT', 'state'],
  ['PATCH', 'state'],
  ['GET', 'state'],
  ['POST', 'workflows'],
] as const) {
  test(`${method} ${path} without a token is answered 401 before its body is read`, async (t) => {
    const { send } = await openSandbox(t, {}, { systems: ['value-canvas'] })
    const { status, json } = await send({ method, url: `/v1/canvases/a/${path}` })
    assert.deepEqual([status, json.error?.code], [401, 'token_missing'])
  })
}
