import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openSandbox } from '../../tests/support/sandbox/test-client.ts'

test('the page is HTML that asks no other host for anything', async (t) => {
  const { app } = await openSandbox(t)
  const { statusCode, headers, body } = await app.inject({ url: '/app' })

  assert.equal(statusCode, 200)
  assert.equal(headers['content-type'], 'text/html; charset=utf-8')
  assert.doesNotMatch(body, /https?:/)
  // Browsers ask for an icon, which would be a failed request of each visit.
  assert.match(body, /<link rel="icon" href="data:,"/)
})
