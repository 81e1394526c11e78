import type { Interval } from './interval.ts'
import { normalQuantile } from './normal.ts'
import { quantileOfSorted } from './quantile.ts'

/** Two-sided; the interval of a slope then leaves out 0 about when a trend test says p < 0.05. */
const CONFIDENCE = 0.95

/**
 * Slope of a series: the median of the slopes of all pairs of its points, in units of the value per unit
 * of `x` (per place in the series, where no `x` is given). Up to 29 % of the points may be outliers.
 *
 * Source: Theil, "A rank-invariant method of linear and polynomial regression analysis", 1950; Sen,
 * "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63(324), 1968.
 * Takes time and memory for n * n / 2 slopes: 1500 points are a million. Throws a RangeError when no two
 * points differ in `x`.
 *
 * @param values finite numbers
 */
export function theilSenSlope(values: readonly number[], x?: readonly number[]): number {
  return quantileOfSorted(pairwiseSlopes(values, x), 0.5)
}

/** The slopes of all pairs, lowest first; pairs with the same `x` have none. The errors are the same. */
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
 * The 95 % interval of the Theil-Sen slope, in the unit of the slopes.
 *
 * Source: Sen, 1968 (as above), in the rounding of SciPy's `theilslopes`.
 *
 * @param slopes of `pairwiseSlopes`
 * @param scoreVariance variance of Kendall's score S of the same series; one corrected for
 *   autocorrelation (`mannKendall`) makes the interval as much wider
 */
export function slopeInterval(slopes: Float64Array, scoreVariance: number): Interval {
  const reach = normalQuantile(0.5 + CONFIDENCE / 2) * Math.sqrt(scoreVariance)
  const low = Math.max(0, Math.round((slopes.length - reach) / 2) - 1)
  const high = Math.min(slopes.length - 1, Math.round((slopes.length + reach) / 2))
  return { low: slopes[low] ?? NaN, high: slopes[high] ?? NaN }
}

/**
 * What a slope of logarithms adds up to over the whole series: 0.1 is 10 % more at its last point than at
 * its first.
 */
export function relativeDrift(logSlope: number, points: number): number {
  return Math.expm1(logSlope * (points - 1))
}
