/**
 * Quantile of type 7 (linear between neighbours), in the unit of the values; the order of the values does
 * not matter. k6's own percentiles are the same formula (`TrendSink.P` in its metrics/sink.go).
 *
 * Source: Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50(4),
 * 1996, definition 7. Throws a RangeError for no values, a value that is not finite, or a probability
 * outside of 0 to 1.
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  return quantileOfSorted(sorted(values), probability)
}

/** `quantile` of finite values that are sorted already, lowest first. */
export function quantileOfSorted(ordered: ArrayLike<number>, probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Expected a probability to lie from 0 to 1, got ${probability}`)
  }
  const position = probability * (ordered.length - 1)
  const low = ordered[Math.floor(position)]
  const high = ordered[Math.ceil(position)]
  if (low === undefined || high === undefined) {
    throw new RangeError('Expected at least one value, got none')
  }
  return low + (high - low) * (position - Math.floor(position))
}

/** The quantile of 0.5, with its errors. */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5)
}

/**
 * Median absolute deviation from the median, in the unit of the values, with the errors of `quantile`.
 * Not scaled: of normal values it is 0.6745 standard deviations.
 *
 * Source: Hampel, "The Influence Curve and its Role in Robust Estimation", JASA 69(346), 1974.
 */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  const middle = median(values)
  return median(values.map((value) => Math.abs(value - middle)))
}

function sorted(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values)
  const odd = copy.find((value) => !Number.isFinite(value))
  if (odd !== undefined) throw new RangeError(`Expected values to be finite numbers, got ${odd}`)
  return copy.sort()
}

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
