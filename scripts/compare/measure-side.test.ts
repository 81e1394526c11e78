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

test('a run that was invalid for its load, and a target that was too slow for it, lost load', () => {
  const none = [reason('NO_ITERATION', {})]
  assert.deepEqual(faultsOf({ verdict: 'INVALID', reasons: none }), {
    generatorFaults: [],
    loadFaults: textsOf(none),
  })
  assert.deepEqual(faultsOf({ verdict: 'FAIL', reasons: [missed] }), {
    generatorFaults: [],
    loadFaults: [],
  })
})
