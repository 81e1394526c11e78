import { median, medianAbsoluteDeviation } from './quantile.ts'

/** Makes the median absolute deviation of normal values their standard deviation. */
const NORMAL_SCALE = 1.4826

/**
 * How far a run's ordinary windows reach: so many standard deviations, estimated from the half of them in the
 * middle. Of simulated steady runs whose seconds vary, correlated or not, under 1 % have a window beyond it.
 */
const REACH = 4.5

/** The values that a series reaches by its own ordinary variation; bad ones of less than half do not widen it. */
export function ordinaryRange(values: readonly number[]): { low: number; high: number } {
  const middle = median(values)
  const reach = REACH * NORMAL_SCALE * medianAbsoluteDeviation(values)
  return { low: middle - reach, high: middle + reach }
}
