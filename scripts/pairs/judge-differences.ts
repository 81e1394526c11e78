import { hodgesLehmann } from '../statistics/hodges-lehmann.ts'
import type { Interval } from '../statistics/percentile-interval.ts'

/** Of candidate against baseline. docs/compare.md explains each. */
export type ComparisonVerdict =
  'REGRESSION' | 'NO_DATA' | 'NOT_PROVEN' | 'IMPROVED' | 'NO_DIFFERENCE'

export interface JudgedDifferences {
  verdict: ComparisonVerdict
  /** Differences that were there. */
  pairs: number
  /** On the scale of the differences; missing without any. */
  estimate?: number
  interval?: Interval
}

export interface JudgeSettings {
  /** A difference up to this does not matter; on the scale of the differences, above 0. */
  margin: number
  /** What the difference has to be proven to stay within, on the same scale. */
  atMost?: number | undefined
  /** Of the interval, both sides together. */
  confidence: number
}

/** Of the interval: one error in twenty on either side. */
export const CONFIDENCE = 0.9

/**
 * Fewest pairs that have an interval of that confidence: the least likely order of n differences has the
 * probability of two to the power of -n. 5 for 0.9.
 */
export function pairsNeeded(confidence: number): number {
  return Math.ceil(-Math.log2((1 - confidence) / 2))
}

/**
 * Judges differences of pairs, one for each pair and positive where the candidate is worse. A whole interval
 * of the Hodges-Lehmann estimate beyond the margin is a REGRESSION or IMPROVED. All else is NO_DIFFERENCE,
 * whose bound is the upper end of the interval, unless a bound was asked for and is NOT_PROVEN.
 *
 * On 80 real runs of one unchanged server it calls at most 2.3 % of the comparisons a REGRESSION by one
 * metric (`false-alarms.test.ts`), where a t-test on the same runs, or one run against one, calls up to 60 %.
 */
export function judgeDifferences(
  differences: readonly number[],
  { margin, atMost = Infinity, confidence }: JudgeSettings,
): JudgedDifferences {
  const pairs = differences.length
  if (pairs === 0) return { verdict: 'NO_DATA', pairs }
  const { estimate, interval } = hodgesLehmann(differences, confidence)
  if (!interval) return { verdict: 'NO_DATA', pairs, estimate }
  const found = { pairs, estimate, interval }
  if (interval.low > margin) return { verdict: 'REGRESSION', ...found }
  if (interval.high > atMost) return { verdict: 'NOT_PROVEN', ...found }
  return { verdict: interval.high < -margin ? 'IMPROVED' : 'NO_DIFFERENCE', ...found }
}
