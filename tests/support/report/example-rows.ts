// Rows of the SLA table for the tests of this folder.
import type { Limit } from '../../../scripts/core/limit.ts'
import type { ObjectiveResult } from '../../../scripts/verdict/rules/judge-objective.ts'
import { reason, type Reason, type ReasonCode } from '../../../scripts/reasons/reasons.ts'

/** The limit `< 500ms`. */
export function below(ms: number): Limit {
  return { operator: '<', value: ms, unit: 'ms', text: `< ${ms}ms` }
}

/** A reason with any text. */
export function saying(text: string, code: ReasonCode = 'NO_SAMPLES'): Reason {
  return { code, text, data: {} }
}

/** A row of the SLA table; PASS by default. */
export function createRow(changes: Partial<ObjectiveResult> = {}): ObjectiveResult {
  return {
    id: 'latency-p95',
    level: 'required',
    indicator: 'latency p95',
    limit: '< 200ms',
    bound: 200,
    unit: 'ms',
    measured: 151.5,
    interval: { low: 149, high: 154.25 },
    samples: 12_000,
    verdict: 'PASS',
    ...changes,
  }
}

/** One row of each kind. */
export function everyKind(): ObjectiveResult[] {
  return [
    createRow(),
    createRow({
      id: 'latency-p99',
      indicator: 'latency p99',
      limit: '< 500ms',
      measured: 612.5,
      interval: { low: 590, high: 640 },
      windows: {
        lengthSeconds: 10,
        count: 30,
        violating: 4,
        violatingRatio: 4 / 30,
        longestStreak: 2,
        violated: [],
        isMissed: true,
        isDemanded: false,
      },
      verdict: 'FAIL',
      reason: reason('LIMIT_MISSED', { measured: 612.5, limit: below(500) }),
    }),
    closeRow(),
    createRow({
      id: 'rare',
      samples: 3,
      verdict: 'NO_DATA',
      reason: reason('TOO_FEW_SAMPLES', { samples: 3, needed: 200 }),
    }),
    createRow({
      id: 'wish',
      limit: '< 100ms',
      bound: 100,
      level: 'advisory',
      verdict: 'FAIL',
      reason: reason('LIMIT_MISSED', { measured: 151.5, limit: below(100) }),
    }),
    createRow({
      id: 'elsewhere',
      verdict: 'not in this run',
      reason: reason('ABSENT', { why: 'it applies to spike only' }),
    }),
  ]
}

function closeRow(): ObjectiveResult {
  const limit: Limit = { operator: '>=', value: 0.999, unit: 'ratio', text: '>= 99.9%' }
  const low = 0.9985
  const high = 0.9996
  return createRow({
    id: 'availability',
    indicator: 'availability',
    limit: limit.text,
    bound: limit.value,
    unit: limit.unit,
    measured: 0.9991,
    interval: { low, high },
    isClose: true,
    reason: reason('CLOSE_TO_LIMIT', { measured: 0.9991, low, high, limit }),
  })
}
