import { mannKendall } from '../verdict/statistics/mann-kendall.ts'
import { quantileOfSorted } from '../verdict/statistics/quantile.ts'
import { pairwiseSlopes, slopeInterval } from '../verdict/statistics/theil-sen.ts'

/** How an objective moves over the runs, in shares of its limit. */
export type LimitDrift =
  | { outcome: 'TOO_FEW'; runs: number; needed: number }
  /** A limit of nothing, or a value that no share can be made of. */
  | { outcome: 'NO_LIMIT' }
  | { outcome: 'STEADY' }
  | { outcome: 'AWAY'; perTenRuns: number }
  /** With the runs that are left at this pace; missing when the limit is missed already. */
  | { outcome: 'TOWARDS'; perTenRuns: number; runsLeft?: number }

/** With fewer, the interval of a slope is wider than anything that matters. */
export const RUNS_MIN = 10

/** Of the limit, over all runs that were looked at: less is real at times, and no reason to act. */
const DRIFT_MIN = 0.05

/** All pairs are compared. */
const RUNS_MAX = 1_000

/**
 * Theil-Sen slope of the used share of the limit over the runs. It counts when its 95 % interval leaves
 * out 0 and all of it comes to 5 % of the limit. The interval is as much wider as runs resemble the ones
 * before them (mann-kendall.ts).
 *
 * @param usedRatios of the limit, oldest run first, all finite
 */
export function limitDrift(usedRatios: readonly number[]): LimitDrift {
  const runs = usedRatios.length
  if (runs < RUNS_MIN) return { outcome: 'TOO_FEW', runs, needed: RUNS_MIN }
  const used = usedRatios.slice(-RUNS_MAX)
  const slopes = pairwiseSlopes(used)
  const slope = quantileOfSorted(slopes, 0.5)
  const { low, high } = slopeInterval(slopes, mannKendall(used, slope).variance)
  const isReal = (low > 0 || high < 0) && Math.abs(slope) * (used.length - 1) >= DRIFT_MIN
  if (!isReal) return { outcome: 'STEADY' }
  const perTenRuns = slope * 10
  if (slope < 0) return { outcome: 'AWAY', perTenRuns }
  const left = 1 - quantileOfSorted(Float64Array.from(used.slice(-RUNS_MIN)).sort(), 0.5)
  return {
    outcome: 'TOWARDS',
    perTenRuns,
    ...(left > 0 && { runsLeft: Math.max(1, Math.round(left / slope)) }),
  }
}
