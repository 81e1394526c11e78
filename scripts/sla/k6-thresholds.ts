import { isDeepStrictEqual } from 'node:util'
import { type Phase, REDIRECT_REFUSED, type RunPlan } from '../../lib/plan.ts'
import type { K6Threshold } from '../../lib/run-settings.ts'
import type { CompiledObjective } from './compiled.ts'
import type { K6Check } from '../indicators/k6-metrics.ts'

/** k6's `options.thresholds`. */
export type K6Thresholds = Record<string, K6Threshold[]>

/** A script that throws proves nothing; k6 itself logs exceptions and exits with 0. */
export const EXCEPTIONS_METRIC = 'script_exceptions'
export const NO_EXCEPTIONS = 'count<1'

/** Nor does one that was led astray; for scripts that follow redirects. */
export const NO_REFUSED_REDIRECT: K6Thresholds = {
  [`answers_rejected{reason:${REDIRECT_REFUSED}}`]: ['count<1'],
}

/** Fails an empty selector, which k6 would let pass: a percentile of nothing is 0. */
const GUARD = 'count>0'

/**
 * What k6 can say of the objectives by itself, for a bundle that is run without the toolkit; each with
 * its guard. Without `abortOnFail`: k6's values are cumulative, and a run is stopped by what its last
 * seconds say (stop-rules.ts).
 */
export function toK6Thresholds(
  compiled: readonly CompiledObjective[],
  further: K6Thresholds = {},
): K6Thresholds {
  const thresholds = new Map<string, K6Threshold[]>([
    [EXCEPTIONS_METRIC, [NO_EXCEPTIONS]],
    ...Object.entries(further),
  ])
  const add = (metric: string, threshold: K6Threshold): void => {
    const others = thresholds.get(metric) ?? []
    if (others.some((other) => isDeepStrictEqual(other, threshold))) return
    thresholds.set(metric, [...others, threshold])
  }

  for (const each of compiled) {
    const { check, objective } = each
    if (!check) continue
    if (objective.level === 'advisory') {
      // It must never make k6 exit with 99, but the summary needs its numbers.
      add(check.metric, `${check.aggregate}>=0`)
      add(check.guard, 'count>=0')
    } else {
      add(check.metric, thresholdOf(check))
      add(check.guard, GUARD)
    }
  }
  return Object.fromEntries(thresholds)
}

/** The check in k6's grammar: `p(95)<200`. */
export function thresholdOf({ aggregate, operator, bound }: K6Check): string {
  return `${aggregate}${operator}${bound}`
}

/** As in the verdict from samples: more than this share missing is another load than planned. */
const DROPPED_SHARE_MAX = 0.01

/**
 * Thresholds for a run of which no samples will be seen, so that "passed" means what PASS means: enough
 * samples for each percentile, and nearly all iterations of an open model.
 */
export function onlyProofThresholds(
  compiled: readonly CompiledObjective[],
  plan: Pick<RunPlan, 'model' | 'phases' | 'judges'>,
): K6Thresholds {
  const thresholds: Record<string, string[]> = {}
  for (const { check, objective } of compiled) {
    if (!check || objective.level === 'advisory' || check.minimumSamples <= 1) continue
    ;(thresholds[check.guard] ??= []).push(`count>=${check.minimumSamples}`)
  }
  if (plan.model === 'open' && plan.judges !== 'steps') {
    const most = Math.floor(plannedIterations(plan.phases) * DROPPED_SHARE_MAX)
    thresholds['dropped_iterations'] = [`count<=${most}`]
  }
  return Object.fromEntries(
    Object.entries(thresholds).map(([metric, texts]) => [metric, [...new Set(texts)]]),
  )
}

function plannedIterations(phases: readonly Phase[]): number {
  return phases.reduce((sum, { startSeconds, endSeconds, target }, index) => {
    const before = phases[index - 1]?.target ?? 0
    return sum + ((before + target) / 2) * (endSeconds - startSeconds)
  }, 0)
}

/** `options.summaryTrendStats` of every bundle; `count` tells how many samples a percentile has. */
const SUMMARY_TREND_STATS: readonly string[] = [
  'avg',
  'min',
  'med',
  'max',
  'p(50)',
  'p(90)',
  'p(95)',
  'p(99)',
  'p(99.9)',
  'count',
]

/** Aggregates of counters and k6 Rates, which have no others. */
const COUNTED = ['count', 'rate']

/** The usual statistics and those that an objective needs besides, such as `p(99.5)`. */
export function trendStats(compiled: readonly CompiledObjective[]): string[] {
  const needed = compiled.flatMap(({ check }) => {
    return check && !COUNTED.includes(check.aggregate) ? [check.aggregate] : []
  })
  return [...new Set([...SUMMARY_TREND_STATS, ...needed])]
}
