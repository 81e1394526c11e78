import type { Interval } from './percentile-interval.ts'
import { normalQuantile } from './normal.ts'
import { quantileOfSorted } from './quantile.ts'

/**
 * The slopes of all pairs of points, lowest first, in units of the value per unit of `x` (per place in the
 * series, where no `x` is given); pairs with the same `x` have none. Their median is the slope of the series. Up
 * to 29 % of the points may be outliers.
 *
 * Source: Theil, "A rank-invariant method of linear and polynomial regression analysis", 1950; Sen,
 * "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63(324), 1968.
 * Takes time and memory for n * n / 2 slopes: 1500 points are a million. Throws a RangeError when no two
 * points differ in `x`.
 *
 * @param values finite numbers
 */
export function pairwiseSlopes(values: readonly number[], x?: readonly number[]): Float64Array {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2)
  let count = 0
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) {
      const run = x === undefined ? j - i : (x[j] ?? NaN) - (x[i] ?? NaN)
      if (run !== 0) slopes[count++] = ((values[j] ?? NaN) - (values[i] ?? NaN)) / run
    }
  }
  if (count === 0) {
    throw new RangeError(`Expected two points that differ in x, got ${values.length} that do not`)
  }
  return slopes.subarray(0, count).sort()
}

/**
 * The interval of the Theil-Sen slope, in the unit of the slopes. Points that resemble the ones before them
 * make it too narrow (drift.ts says by how much).
 *
 * Source: Sen, 1968 (as above), in the rounding of SciPy's `theilslopes`, without its correction for ties,
 * which makes it narrower.
 *
 * @param slopes of `pairwiseSlopes` of so many points
 * @param confidence of both sides together, such as 0.9
 */
export function slopeInterval(
  slopes: Float64Array,
  { points, confidence }: { points: number; confidence: number },
): Interval {
  // Of Kendall's score S, without a trend.
  const variance = (points * (points - 1) * (2 * points + 5)) / 18
  const reach = normalQuantile((1 + confidence) / 2) * Math.sqrt(variance)
  const low = Math.max(0, Math.round((slopes.length - reach) / 2) - 1)
  const high = Math.min(slopes.length - 1, Math.round((slopes.length + reach) / 2))
  return { low: slopes[low] ?? NaN, high: slopes[high] ?? NaN }
}

export interface Drift {
  /** From the start of the first window to the end of the last: 0.1 is 10 % more. */
  drift: number
  /** 90 %, of the drift. */
  interval: Interval
}

/** A value of one window of time. */
export interface DriftWindow {
  /** Its place in time, in windows; the same distance is the same time. */
  number: number
  /** Above 0, in any unit. */
  value: number
}

/** Of the interval: one error in twenty on either side. */
const CONFIDENCE = 0.9

/**
 * How much a measure became worse (or better) during a run under constant load, such as the p95 of each
 * sixteenth of it: Theil-Sen's slope of the logarithms, which a few odd windows hardly move.
 *
 * Few long windows rather than many short ones, since the interval takes windows as independent. Of
 * simulated runs of 10 minutes it holds the truth in 86 to 90 %, whether seconds resemble the ones before them or
 * not (autocorrelation 0 to 0.9); with 90 windows it did in 70 % (`drift.test.ts`).
 *
 * @param windows at least two, with different numbers
 */
export function driftOf(windows: readonly DriftWindow[]): Drift {
  const numbers = windows.map(({ number }) => number)
  const slopes = pairwiseSlopes(
    windows.map(({ value }) => Math.log(value)),
    numbers,
  )
  const { low, high } = slopeInterval(slopes, { points: windows.length, confidence: CONFIDENCE })
  const length = Math.max(...numbers) - Math.min(...numbers) + 1
  const relative = (slope: number): number => Math.expm1(slope * length)
  return {
    drift: relative(quantileOfSorted(slopes, 0.5)),
    interval: { low: relative(low), high: relative(high) },
  }
}
