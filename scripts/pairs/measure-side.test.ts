import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ofObjective, reason, type Reason } from '../reasons/reasons.ts'
import { faultsOf } from './measure-side.ts'

const missed = ofObjective('latency-p95', reason('ONE_SECOND_ONLY', {}))
const textsOf = (reasons: Reason[]): string[] => reasons.map(({ text }) => text)

test('an objective that an INVALID run misses is no lost load', () => {
  const jumped = [reason('SUMMARY_MISSING', {})]
  assert.deepEqual(faultsOf({ verdict: 'INVALID', reasons: [...jumped, missed] }), {
    generatorFaults: textsOf(jumped),
    loadFaults: [],
  })
})

test('an INVALID run never counts, whatever the reason', () => {
  const late = reason('PUSHES_LATE', { seconds: 40 })
  assert.deepEqual(faultsOf({ verdict: 'INVALID', reasons: [late, missed] }), {
    generatorFaults: [late.text],
    loadFaults: [],
  })
})

test('a run that was invalid for its load, and a target that was too slow for it, lost load', () => {
  const none = [reason('NO_ITERATION', {})]
  assert.deepEqual(faultsOf({ verdict: 'INVALID', reasons: none }), {
    generatorFaults: [],
    loadFaults: textsOf(none),
  })
  const slow = { ...reason('NO_ITERATION', {}), code: 'TARGET_TOO_SLOW', text: 'too slow' } as const
  assert.deepEqual(faultsOf({ verdict: 'FAIL', reasons: [slow, missed] }).loadFaults, ['too slow'])
  assert.deepEqual(faultsOf({ verdict: 'FAIL', reasons: [missed] }).loadFaults, [])
})
