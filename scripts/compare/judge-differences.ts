import { hodgesLehmann } from '../verdict/statistics/hodges-lehmann.ts'
import type { Interval } from '../verdict/statistics/interval.ts'
import type { Tolerance } from './difference-scale.ts'
import { pairsNeeded } from './pairs-needed.ts'

/** Of candidate against baseline. */
export type ComparisonVerdict = 'REGRESSION' | 'INCONCLUSIVE' | 'IMPROVED' | 'EQUIVALENT'

export interface JudgedDifferences {
  verdict: ComparisonVerdict
  /** Differences that were there. */
  pairs: number
  /** On the scale of the differences; missing without any. */
  estimate?: number
  interval?: Interval
  /** Only where it is INCONCLUSIVE for the width of its interval: about so many more pairs decide it. */
  morePairs?: number
}

export interface JudgeSettings extends Tolerance {
  /** Of the interval, both sides together. */
  confidence: number
}

/** Of the interval: one error in twenty on either side. */
export const CONFIDENCE = 0.9

/** With fewer, no order of the values is unlikely enough: two to the power of -5 is the first below 5 %. */
export const PAIRS_MIN = 5

/**
 * Judges differences of pairs, one for each pair and positive where the candidate is worse: the whole
 * interval of the Hodges-Lehmann estimate has to lie beyond the margin, or within the band of the same.
 *
 * On 80 real runs of one unchanged server it calls at most 2 % of the comparisons a REGRESSION
 * (`false-alarms.test.ts`), where a t-test on the same runs, or one run against one, calls up to 60 %.
 */
export function judgeDifferences(
  differences: readonly number[],
  { margin, equivalence, confidence }: JudgeSettings,
): JudgedDifferences {
  const pairs = differences.length
  if (pairs === 0) return { verdict: 'INCONCLUSIVE', pairs }
  const { estimate, interval } = hodgesLehmann(differences, confidence)
  if (!interval || pairs < PAIRS_MIN) {
    return { verdict: 'INCONCLUSIVE', pairs, estimate, morePairs: PAIRS_MIN - pairs }
  }
  const found = { pairs, estimate, interval }
  if (interval.low > margin) return { verdict: 'REGRESSION', ...found }
  if (interval.high < -margin) return { verdict: 'IMPROVED', ...found }
  if (interval.low >= -equivalence && interval.high <= equivalence) {
    return { verdict: 'EQUIVALENT', ...found }
  }
  const needed = pairsNeeded({ pairs, interval, margin, confidence })
  return { verdict: 'INCONCLUSIVE', ...found, morePairs: Math.max(1, needed - pairs) }
}
