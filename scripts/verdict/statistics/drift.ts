import { blockPermutationPValue } from './block-permutation.ts'
import type { Interval } from './interval.ts'
import { mannKendall } from './mann-kendall.ts'
import { median, quantileOfSorted } from './quantile.ts'
import { pairwiseSlopes, relativeDrift, slopeInterval } from './theil-sen.ts'

export interface MeasuredDrift {
  outcome: 'MEASURED'
  /** Windows given. */
  windows: number
  /** From the first window to the last: 0.1 is 10 % more at the end. */
  drift: number
  /** 95 %, of the drift. */
  interval: Interval
  pHamedRao: number
  pBlocks: number
  /** Both tests say so. The size is for the caller to judge: a small drift can be significant. */
  significant: boolean
}

export type Drift = MeasuredDrift | { outcome: 'NO_DATA'; windows: number; reason: string }

/** Fewer leave under twelve blocks to shuffle. */
const LEAST_WINDOWS = 60
/** All pairs of windows are compared: a million here. */
const MOST_WINDOWS = 1_500
const SIGNIFICANCE = 0.05

/**
 * Judges whether a measure became worse (or better) during a run under constant load, such as the p95
 * of each 10 s. Two tests must agree, since either alone is wrong too often when windows resemble their
 * neighbours. Of 1000 simulated runs of 60 windows without a drift, 3.5 % were called significant, 6 %
 * where neighbours correlated by 0.3, and 10 % where they did by 0.6.
 *
 * @param windows one positive number for each, in order of time, in any unit
 * @param seed of the shuffles; the same seed gives the same answer
 */
export function judgeDrift(windows: readonly number[], { seed }: { seed: number }): Drift {
  const reason = whyNoDrift(windows)
  if (reason !== undefined) return { outcome: 'NO_DATA', windows: windows.length, reason }

  const logs = mergeNeighbours(windows.map(Math.log))
  const slopes = pairwiseSlopes(logs)
  const slope = quantileOfSorted(slopes, 0.5)
  const { pValue: pHamedRao, variance } = mannKendall(logs, slope)
  const pBlocks = blockPermutationPValue(logs, seed)
  const { low, high } = slopeInterval(slopes, variance)
  return {
    outcome: 'MEASURED',
    windows: windows.length,
    drift: relativeDrift(slope, logs.length),
    interval: { low: relativeDrift(low, logs.length), high: relativeDrift(high, logs.length) },
    pHamedRao,
    pBlocks,
    significant: pHamedRao < SIGNIFICANCE && pBlocks < SIGNIFICANCE,
  }
}

function whyNoDrift(windows: readonly number[]): string | undefined {
  if (windows.length < LEAST_WINDOWS) {
    return `${windows.length} windows, at least ${LEAST_WINDOWS} are needed`
  }
  const odd = windows.findIndex((value) => !(value > 0 && Number.isFinite(value)))
  return odd === -1
    ? undefined
    : `window ${odd + 1} is ${windows[odd] ?? NaN}, and only positive numbers can drift`
}

// A day of windows of 10 s would take minutes and gigabytes.
function mergeNeighbours(logs: readonly number[]): number[] {
  const size = Math.ceil(logs.length / MOST_WINDOWS)
  if (size === 1) return [...logs]
  return Array.from({ length: Math.floor(logs.length / size) }, (_, index) =>
    median(logs.slice(index * size, (index + 1) * size)),
  )
}
