import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { SANDBOX_PASSWORD, usernameOf } from '../../../seed-users.ts'
import { openStore } from '../../../../tests/support/sandbox/store-client.ts'

async function openSessions(test: TestContext, settings: Record<string, number> = {}) {
  const { send, ...store } = await openStore(test, settings)
  const payload = { username: usernameOf(7), password: SANDBOX_PASSWORD }
  const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  return {
    ...store,
    send,
    logIn: async () => {
      const { status, json } = await send({ method: 'POST', url: '/v1/store/sessions', payload })
      assert.equal(status, 201)
      return json as unknown as { session_token: string; refresh_token: string; expires_in: number }
    },
    validate: (token: string) => send({ url: '/v1/store/sessions/current', ...as(token) }),
    refresh: (token: string) =>
      send({
        method: 'POST',
        url: '/v1/store/sessions/refresh',
        payload: { refresh_token: token },
      }),
    logOut: (token: string) =>
      send({ method: 'DELETE', url: '/v1/store/sessions/current', ...as(token) }),
  }
}

test('a session is open until its log-out, which happens once', async (t) => {
  const { logIn, logOut, send, validate } = await openSessions(t)
  const { session_token: token, expires_in: seconds } = await logIn()
  const { status, json } = await validate(token)
  assert.equal(status, 200)
  assert.deepEqual([json['username'], json['refreshes'], seconds], ['user-0007', 0, 900])
  const leftMs = Date.parse(String(json['ends_at'])) - Date.now()
  assert.ok(leftMs > 890_000 && leftMs <= 900_000, String(leftMs))
  assert.equal((await send({ url: '/v1/stats' })).json['stored_sessions'], 1)

  assert.equal((await logOut(token)).status, 204)
  for (const { status, json } of [await validate(token), await logOut(token)])
    assert.deepEqual([status, json.error?.code], [401, 'session_invalid'])
  assert.equal((await send({ url: '/v1/stats' })).json['stored_sessions'], 0)
})

test('a refresh gives other tokens, and the old ones are worth nothing', async (t) => {
  const { logIn, refresh, validate } = await openSessions(t)
  const first = await logIn()
  const { status, json } = await refresh(first.refresh_token)
  assert.equal(status, 200)
  assert.equal((await validate(String(json['session_token']))).json['refreshes'], 1)

  assert.equal((await validate(first.session_token)).status, 401)
  assert.equal((await refresh(first.refresh_token)).status, 401)
})

test('a session ends by itself, and is removed by the next log-in', async (t) => {
  const { logIn, refresh, send, validate } = await openSessions(t, { storeSessionSeconds: 1 })
  const { session_token: token, refresh_token: again } = await logIn()
  const endsAtMs = Date.parse(String((await validate(token)).json['ends_at']))
  while (Date.now() <= endsAtMs) await new Promise((resolve) => setTimeout(resolve, 50))

  assert.equal((await validate(token)).status, 401)
  assert.equal((await refresh(again)).status, 401)
  await logIn()
  assert.equal((await send({ url: '/v1/stats' })).json['stored_sessions'], 1)
})

test('every second refresh fails where that is planted', async (t) => {
  const { logIn, refresh } = await openSessions(t, { storeRefreshFailEvery: 2 })
  const first = await refresh((await logIn()).refresh_token)
  const token = String(first.json['refresh_token'])
  const failed = await refresh(token)
  assert.deepEqual(
    [first.status, failed.status, failed.json.error?.code],
    [200, 500, 'refresh_failed'],
  )
  assert.equal((await refresh(token)).status, 200)
})

test('a wrong password, an unknown user and a missing token are refused', async (t) => {
  const { send } = await openSessions(t)
  for (const payload of [
    { username: usernameOf(7), password: 'wrong' },
    { username: 'nobody', password: SANDBOX_PASSWORD },
  ]) {
    const { status, json } = await send({ method: 'POST', url: '/v1/store/sessions', payload })
    assert.deepEqual([status, json.error?.code], [401, 'wrong_credentials'])
  }
  for (const headers of [{}, { authorization: 'Basic x' }, { authorization: 'Bearer x' }]) {
    const { status, json } = await send({ url: '/v1/store/sessions/current', headers })
    assert.deepEqual([status, json.error?.code], [401, 'session_invalid'])
  }
  assert.equal((await send({ method: 'POST', url: '/v1/store/sessions', payload: {} })).status, 400)
})
