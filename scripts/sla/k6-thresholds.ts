import { isDeepStrictEqual } from 'node:util'
import { REDIRECT_REFUSED } from '../../lib/plan.ts'
import type { K6Threshold } from '../../lib/run-settings.ts'
import type { CompiledObjective } from './compiled.ts'
import type { K6Check } from '../indicators/k6-check.ts'

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
