import { sumError } from './batch-means.ts'

/** Where the truth probably is, in the unit of the estimate. */
export interface Interval {
  low: number
  high: number
}

/** A value of one run; the interval is a 90 % one and does not cover what differs between runs. */
export interface Estimate {
  value: number
  interval?: Interval
}

/** What one second says of a percentile. */
export interface RankBlock {
  /** Values that are at most the percentile. */
  below: number
  /** All values. */
  total: number
}

/**
 * The probabilities whose quantiles are the ends of a 90 % interval of a percentile. Woodruff's method:
 * how sure the rank is tells how sure the value is, and no density has to be estimated.
 *
 * The error of the rank is that of overlapping batch means, since requests of one second, and of the next
 * ones, resemble each other.
 *
 * Source: Woodruff, "Confidence Intervals for Medians and Other Position Measures", JASA 47(260), 1952.
 *
 * @param blocks one for each second in order of time, silent ones included
 * @param probability of the percentile, 0 to 1
 * @returns undefined where all values lie within one second
 */
export function rankInterval(
  blocks: readonly RankBlock[],
  probability: number,
): Interval | undefined {
  const total = blocks.reduce((sum, block) => sum + block.total, 0)
  const below = blocks.reduce((sum, block) => sum + block.below, 0)
  const share = below / total
  const varying = sumError(blocks.map((block) => block.below - share * block.total))
  if (!varying) return undefined
  const reach = (varying.reach * varying.error) / total
  return { low: Math.max(0, probability - reach), high: Math.min(1, probability + reach) }
}
