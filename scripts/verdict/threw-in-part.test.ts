// Iterations of a k6 script of anybody's that threw.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type EvidenceChanges,
  GOOD,
  judgeMeasured,
  told,
} from '../../tests/support/verdict/example-evidence.ts'

/** Of each scenario its iterations, and how many of them threw. */
function threwOf(scenarios: Record<string, [iterations: number, threw: number]>): EvidenceChanges {
  const counts = Object.entries(scenarios)
  return {
    plan: { script: [] },
    facts: { scriptExceptions: counts.reduce((sum, [, [, threw]]) => sum + threw, 0) },
    scenarioCounts: new Map(
      counts.map(([name, [iterations, threw]]) => [name, { iterations, threw, dropped: 0 }]),
    ),
  }
}

test('those of a part of a scenario are named, and make the PASS close', () => {
  const verdict = judgeMeasured([GOOD], threwOf({ some: [10, 2], calm: [5, 0] }))
  assert.equal(told(verdict), 'PASS (close): ITERATIONS_THREW')
})

test('with an SLA file they are a FAIL above one half', () => {
  const most = { ...threwOf({ some: [10_000, 6_000] }), isSlaGiven: true }
  assert.equal(told(judgeMeasured([GOOD], most)), 'FAIL: ITERATIONS_THREW')
})

test('where every iteration of a scenario threw, or more than its scenarios know of, the run is INVALID', () => {
  const all = threwOf({ all: [2, 2], calm: [5, 0] })
  const unknown = { ...threwOf({ some: [10, 2] }), facts: { scriptExceptions: 3 } }
  for (const evidence of [all, unknown]) {
    assert.equal(told(judgeMeasured([GOOD], evidence)), 'INVALID: SCRIPT_THREW')
  }
})
