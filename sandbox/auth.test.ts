import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSandbox } from '../tests/support/sandbox/test-client.ts'

test('a seeded user logs in and gets a token that works', async (t) => {
  const { login, as } = await openSandbox(t)
  const pair = await login()

  assert.equal(pair.token_type, 'Bearer')
  assert.equal(pair.expires_in, 900)
  assert.equal((await as(pair.access_token, '/v1/history')).status, 200)
})

for (const [who, payload] of Object.entries({
  'a wrong password': { username: 'user-0001', password: 'guess' },
  'an unknown user': { username: 'user-9999', password: 'sandbox-password' },
})) {
  test(`${who} is answered 401, without saying which of the two was wrong`, async (t) => {
    const { send } = await openSandbox(t)
    const { status, json } = await send({ method: 'POST', url: '/v1/auth/login', payload })

    assert.equal(status, 401)
    assert.equal(json.error?.code, 'wrong_credentials')
  })
}

test('an access token expires after its lifetime, and a refresh gives one that works', async (t) => {
  let nowMs = Date.UTC(2026, 0, 1)
  const { login, as, send } = await openSandbox(
    t,
    { accessTokenSeconds: 60 },
    { nowMs: () => nowMs },
  )
  const old = await login()

  nowMs += 59_999
  assert.equal((await as(old.access_token, '/v1/history')).status, 200)
  nowMs += 1
  const late = await as(old.access_token, '/v1/history')
  assert.deepEqual([late.status, late.json.error?.code], [401, 'token_expired'])

  const payload = { refresh_token: old.refresh_token }
  const { status, json } = await send({ method: 'POST', url: '/v1/auth/refresh', payload })
  assert.equal(status, 200)
  assert.notEqual(json['refresh_token'], old.refresh_token)
  assert.equal((await as(json['access_token'] as string, '/v1/history')).status, 200)
})

test('a refresh token expires as well', async (t) => {
  let nowMs = Date.UTC(2026, 0, 1)
  const { login, send } = await openSandbox(t, { refreshTokenSeconds: 60 }, { nowMs: () => nowMs })
  const payload = { refresh_token: (await login()).refresh_token }
  nowMs += 60_000
  const { status, json } = await send({ method: 'POST', url: '/v1/auth/refresh', payload })

  assert.deepEqual([status, json.error?.code], [401, 'token_expired'])
})

test('neither token can be used as the other', async (t) => {
  const { login, as, send } = await openSandbox(t)
  const pair = await login()
  const payload = { refresh_token: pair.access_token }

  assert.equal((await as(pair.refresh_token, '/v1/history')).status, 401)
  assert.equal((await send({ method: 'POST', url: '/v1/auth/refresh', payload })).status, 401)
})

test('a token changed in any part, or signed by another seed, is refused', async (t) => {
  const { login, as } = await openSandbox(t)
  const stranger = await openSandbox(t, { seed: 2 })
  const token = (await login()).access_token
  const [header, payload, signature] = token.split('.') as [string, string, string]
  const admin = Buffer.from('{"sub":2,"use":"access","exp":9999999999}').toString('base64url')
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')

  for (const forged of [
    `${header}.${admin}.${signature}`,
    `${none}.${payload}.`,
    `${header}.${payload}`,
    `${token}.more`,
    'nonsense',
    (await stranger.login()).access_token,
  ]) {
    const { status, json } = await as(forged, '/v1/history')
    assert.deepEqual([status, json.error?.code], [401, 'token_invalid'], forged)
  }
})

for (const [method, url] of [
  ['POST', '/v1/enhance'],
  ['POST', '/v1/batch'],
  ['POST', '/v1/feedback'],
  ['GET', '/v1/history'],
  ['GET', '/v1/metrics/summary'],
  ['GET', '/v1/metrics/export'],
] as const) {
  test(`${method} ${url} without a token is answered 401 before its body is read`, async (t) => {
    const { send } = await openSandbox(t)
    const { status, json } = await send({ method, url })

    assert.deepEqual([status, json.error?.code], [401, 'token_missing'])
  })
}

test('users have segments, mostly free, the same ones for the same seed', async (t) => {
  const segments = async () => {
    const { login } = await openSandbox(t, { users: 60 })
    const tokens = await Promise.all(Array.from({ length: 60 }, (_, index) => login(index + 1)))
    return tokens.map(({ access_token: token }) => {
      const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
      return (JSON.parse(claims) as { segment: string }).segment
    })
  }
  const first = await segments()

  assert.deepEqual(first, await segments())
  assert.deepEqual([...new Set(first)].sort(), ['enterprise', 'free', 'pro'])
  assert.ok(first.filter((segment) => segment === 'free').length > 30)
})
