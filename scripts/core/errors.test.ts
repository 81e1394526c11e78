import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatError, ToolkitError } from './errors.ts'

test('an error never repeats the name and the password of a URL', () => {
  const message = 'Expected --seed to be a whole number, got "http://me:hunter2@127.0.0.1:1"'
  const text = formatError(new ToolkitError({ code: 'K6V_X', message, hint: 'See --help.' }))
  assert.equal(
    text,
    'error K6V_X: Expected --seed to be a whole number, got "http://***@127.0.0.1:1"\n  See --help.',
  )
})
