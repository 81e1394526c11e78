import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readTokens } from './tokens.ts'

const NOW_MS = 1_000_000
const SKEW_MS = 30_000

test('tokens are due for renewal before their end, by the skew', () => {
  const body = { access_token: 'a', refresh_token: 'r', expires_in: 90 }
  const tokens = { access: 'a', refresh: 'r', renewAtMs: NOW_MS + 60_000 }
  assert.deepEqual(readTokens(body, NOW_MS, SKEW_MS), tokens)
})

test('a token that lives shorter than the skew is used for half its life', () => {
  const tokens = readTokens({ access_token: 'a', expires_in: 10 }, NOW_MS, SKEW_MS)
  assert.equal(tokens?.renewAtMs, NOW_MS + 5_000)
})

test('an answer with a token alone is enough, and the token is never due', () => {
  assert.deepEqual(readTokens({ access_token: 'a' }, NOW_MS, SKEW_MS), { access: 'a' })
})

for (const body of [undefined, null, 'token', [], {}, { access_token: 7 }, { access_token: '' }]) {
  test(`${JSON.stringify(body)} is no token`, () => {
    assert.equal(readTokens(body, NOW_MS, SKEW_MS), undefined)
  })
}
