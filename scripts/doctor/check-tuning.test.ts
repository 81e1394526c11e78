import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTuning } from './check-k6.ts'

const GIB = 1_073_741_824

test('the doctor says what k6 is started with: fewer collections, within four fifths of memory', () => {
  assert.equal(checkTuning({}, 10 * GIB).found, 'GOGC=400, GOMEMLIMIT=8192MiB')
})

test("the user's own values win, and are told apart", () => {
  const env = { GOGC: '50', GOMAXPROCS: '2' }
  assert.equal(
    checkTuning(env, 10 * GIB).found,
    'GOGC=50 (yours), GOMEMLIMIT=8192MiB, GOMAXPROCS=2 (yours)',
  )
})
