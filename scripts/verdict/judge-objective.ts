import type { CompiledObjective, K6Check } from '../sla/compiled.ts'
import { indicatorText } from '../sla/indicator.ts'
import type { Operator, Unit } from '../sla/limit.ts'
import type { Level, Objective } from '../sla/objective.ts'
import { formatMissed } from './format-measure.ts'
import type { Summary } from './read-summary.ts'
import { summaryCount, summaryValue } from './summary-values.ts'
import type { Verdict } from './verdict.ts'

/** One row of the SLA table. */
export interface ObjectiveResult {
  id: string
  description?: string
  level: Level
  /** In words: `latency p95`. */
  indicator: string
  /** As written in the SLA file. */
  limit: string
  unit: Unit
  /** In `unit`; undefined when nothing was measured. */
  measured?: number
  /** Samples behind `measured`. */
  samples?: number
  verdict: Verdict | 'judged after the run' | 'not in this run'
  /** A sentence part; undefined for PASS. */
  reason?: string
}

const COMPARE: Record<Operator, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
}

/**
 * Judges one objective from the numbers that k6 computed.
 *
 * @param isWhole false when the run ended early: a rate over the planned time is then unknown
 */
export function judgeObjective(
  compiled: CompiledObjective,
  summary: Summary,
  isWhole: boolean,
): ObjectiveResult {
  const { id, objective } = compiled
  const { description, level, limit, indicator } = objective
  const row = {
    id,
    ...(description !== undefined && { description }),
    level,
    indicator: indicatorText(indicator),
    limit: limit.text,
    unit: limit.unit,
  }
  if (compiled.judgedBy === 'k6') {
    return { ...row, ...judgeCheck({ check: compiled.check, objective, summary, isWhole }) }
  }
  const { judgedBy, reason } = compiled
  const verdict = judgedBy === 'after-run' ? 'judged after the run' : 'not in this run'
  return { ...row, verdict, reason }
}

interface CheckInput {
  check: K6Check
  objective: Objective
  summary: Summary
  isWhole: boolean
}

type Judged = Pick<ObjectiveResult, 'measured' | 'samples' | 'verdict' | 'reason'>

function judgeCheck({ check, objective, summary, isWhole }: CheckInput): Judged {
  const { metric, aggregate, operator, bound, minimumSamples } = check
  const value = summaryValue(summary, metric, aggregate === 'rate' ? 'value' : aggregate)
  const samples = sampleCount(check, summary)
  if (value === undefined || samples === undefined) {
    return { verdict: 'NO_DATA', reason: `k6's summary does not have ${aggregate} of ${metric}` }
  }
  if (samples === 0) return { samples, verdict: 'NO_DATA', reason: 'no samples' }
  if (check.seconds !== undefined && !isWhole) {
    return { samples, verdict: 'NO_DATA', reason: 'the run ended before its time was over' }
  }

  const measured = toMeasured(value, objective, check)
  if (samples < minimumSamples) {
    const reason = `${samples} samples, at least ${minimumSamples} are needed`
    return { measured, samples, verdict: 'NO_DATA', reason }
  }
  // Compared in k6's terms, so that rounding can never make k6 and us disagree.
  if (COMPARE[operator](value, bound)) return { measured, samples, verdict: 'PASS' }
  const reason = `${formatMissed(measured, objective.limit)}, expected ${objective.limit.text}`
  return { measured, samples, verdict: 'FAIL', reason }
}

function sampleCount({ metric, aggregate, guard }: K6Check, summary: Summary): number | undefined {
  if (aggregate === 'count') return summaryCount(summary, guard)
  if (aggregate !== 'rate') return summaryValue(summary, metric, 'count')
  const passes = summaryValue(summary, metric, 'passes')
  const fails = summaryValue(summary, metric, 'fails')
  return passes === undefined || fails === undefined ? undefined : passes + fails
}

function toMeasured(value: number, { indicator }: Objective, { seconds }: K6Check): number {
  if (seconds !== undefined) return value / seconds
  return indicator.kind === 'availability' ? 1 - value : value
}
