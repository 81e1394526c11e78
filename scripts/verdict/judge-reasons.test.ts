import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GOOD, judgeMeasured, MISSED } from '../../tests/support/verdict/example-evidence.ts'

test('an exception is told as k6 says it: the target may be its cause, and not the script', () => {
  const ends = [
    { exitCode: 0, message: 'script exception: GoError: unexpected status 101 at file' },
  ]
  const { reasons } = judgeMeasured([GOOD], { facts: { scriptExceptions: 2 }, ends })
  assert.equal(
    reasons[0]?.text,
    'The script threw 2 exceptions (GoError: unexpected status 101 at file): see k6.log',
  )
})

test('a reason of an objective names it, in its text and in its data', () => {
  const { reasons } = judgeMeasured([{ ...MISSED, raw: { id: 'latency' } }])
  assert.equal(reasons[0]?.text, 'latency: 300 ms, expected < 200ms')
  assert.equal(reasons[0].data['objective'], 'latency')
})
