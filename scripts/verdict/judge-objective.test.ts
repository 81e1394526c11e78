import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileAll } from '../sla/example-run.ts'
import { createSummary } from './example-summary.ts'
import { judgeObjective } from './judge-objective.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }
const ERRORS = { indicator: 'error-ratio', limit: '< 0.1%' }
const RATE = { indicator: { rate: 'http_reqs' }, limit: '>= 100/s', phases: ['hold'] }
const DURATION = 'http_req_duration{judged:yes,expected_response:true}'
const FAILED = 'http_req_failed{judged:yes}'

describe('an objective is judged by its own numbers', () => {
  type Case = [
    objective: object,
    changes: Parameters<typeof createSummary>[0],
    verdict: string,
    measured?: number | undefined,
    reason?: string,
  ]
  const cases: Case[] = [
    [
      LATENCY,
      { [DURATION]: { 'p(95)': 200, count: 300 } },
      'FAIL',
      200,
      '200 ms, expected < 200ms',
    ],
    [{ ...LATENCY, limit: '<= 200ms' }, { [DURATION]: { 'p(95)': 200, count: 300 } }, 'PASS', 200],
    [LATENCY, { [DURATION]: { 'p(95)': 9, count: 200 } }, 'PASS', 9],
    [
      LATENCY,
      { [DURATION]: { 'p(95)': 9, count: 199 } },
      'NO_DATA',
      9,
      '199 samples, at least 200 are needed',
    ],
    [LATENCY, { [DURATION]: { 'p(95)': 0, count: 0 } }, 'NO_DATA', undefined, 'no samples'],
    [
      LATENCY,
      { [DURATION]: { 'p(95)': 9 } },
      'NO_DATA',
      undefined,
      `k6's summary does not have p(95) of ${DURATION}`,
    ],
    [
      LATENCY,
      { [DURATION]: { count: 9_000 } },
      'NO_DATA',
      undefined,
      `k6's summary does not have p(95) of ${DURATION}`,
    ],
    [
      LATENCY,
      { [DURATION]: undefined },
      'NO_DATA',
      undefined,
      `k6's summary does not have p(95) of ${DURATION}`,
    ],
    [ERRORS, {}, 'PASS', 0.0005],
    [
      ERRORS,
      { [FAILED]: { passes: 8, fails: 7_992, value: 0.001 } },
      'FAIL',
      0.001,
      '0.1%, expected < 0.1%',
    ],
    [ERRORS, { [FAILED]: { passes: 0, fails: 0, value: 0 } }, 'NO_DATA', undefined, 'no samples'],
    [
      { indicator: 'availability', limit: '>= 99.9%' },
      { [FAILED]: { passes: 8, fails: 7_992, value: 0.001 } },
      'PASS',
      0.999,
    ],
    [
      { indicator: 'availability', limit: '>= 99.9%' },
      { [FAILED]: { passes: 9, fails: 7_991, value: 0.001125 } },
      'FAIL',
      0.998875,
      '99.8875%, expected >= 99.9%',
    ],
    // 100/s for 60 s, less a tenth of a second for the edges of the phase: 5,990.
    [RATE, { 'http_reqs{judged:yes,phase:hold}': { count: 5_990, rate: 59 } }, 'PASS', 5_990 / 60],
    [
      RATE,
      { 'http_reqs{judged:yes,phase:hold}': { count: 5_987, rate: 59 } },
      'FAIL',
      5_987 / 60,
      '99.8/s, expected >= 100/s',
    ],
    [
      RATE,
      { 'http_reqs{judged:yes,phase:hold}': { count: 0, rate: 0 } },
      'NO_DATA',
      undefined,
      'no samples',
    ],
    [
      { indicator: { count: 'prompts_enhanced' }, limit: '<= 5 total' },
      { 'prompts_enhanced{judged:yes}': { count: 0 } },
      'PASS',
      0,
    ],
    [
      { indicator: { count: 'prompts_enhanced' }, limit: '<= 5 total' },
      { 'prompts_enhanced{judged:yes}': { count: 0 }, 'http_reqs{judged:yes}': { count: 0 } },
      'NO_DATA',
      undefined,
      'no samples',
    ],
  ]
  for (const [objective, changes, verdict, measured, reason] of cases) {
    test(`${JSON.stringify(objective)} of ${JSON.stringify(changes)} is ${verdict}`, () => {
      const [compiled] = compileAll([objective as Record<string, unknown>])
      assert(compiled)
      const row = judgeObjective(compiled, createSummary(changes), true)
      assert.deepEqual([row.verdict, row.measured, row.reason], [verdict, measured, reason])
    })
  }
})

test('a rate of a run that ended early is NO_DATA, since its time was not over', () => {
  const [compiled] = compileAll([RATE])
  assert(compiled)
  const { verdict, measured, reason } = judgeObjective(compiled, createSummary(), false)
  assert.deepEqual(
    [verdict, measured, reason],
    ['NO_DATA', undefined, 'the run ended before its time was over'],
  )
})
