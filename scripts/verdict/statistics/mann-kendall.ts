import { normalQuantile, twoSidedPValue } from './normal.ts'
import { ranks } from './ranks.ts'
import { theilSenSlope } from './theil-sen.ts'

export interface MannKendall {
  /** Kendall's S: pairs of points that rise less those that fall. */
  score: number
  /** Variance of S without a trend, ties and autocorrelation taken into account. */
  variance: number
  /** Two-sided. */
  pValue: number
}

/** With all lags, which are noisy, 15 to 25 % of the runs without a trend would have one, not 5 %. */
const LAGS = 3

/**
 * Tests whether a series rises or falls all along, where neighbours may resemble each other.
 *
 * Source: Mann, "Nonparametric Tests Against Trend", Econometrica 13, 1945, with Kendall's variance for
 * ties ("Rank Correlation Methods", 1975) and continuity correction; the variance is multiplied as in
 * Hamed and Rao, "A modified Mann-Kendall trend test for autocorrelated data", Journal of Hydrology 204,
 * 1998, of their lags the first three (Rao, Hamed and Chen, "Nonstationarities in Hydrologic and
 * Environmental Time Series", 2003).
 *
 * @param values at least 3, in order of time
 * @param slope of Theil and Sen, if it is known already
 */
export function mannKendall(
  values: readonly number[],
  slope: number = theilSenSlope(values),
): MannKendall {
  const score = kendallScore(values)
  const variance = kendallVariance(values) * autocorrelationFactor(values, slope)
  // One less, since S moves in steps of two and the normal distribution does not.
  const z = variance === 0 ? 0 : Math.max(0, Math.abs(score) - 1) / Math.sqrt(variance)
  return { score, variance, pValue: twoSidedPValue(z) }
}

function kendallScore(values: readonly number[]): number {
  let score = 0
  for (let i = 0; i < values.length; i++) {
    for (let j = i + 1; j < values.length; j++) {
      score += Math.sign((values[j] ?? NaN) - (values[i] ?? NaN))
    }
  }
  return score
}

function kendallVariance(values: readonly number[]): number {
  const ties = new Map<number, number>()
  for (const value of values) ties.set(value, (ties.get(value) ?? 0) + 1)
  const spread = (count: number) => count * (count - 1) * (2 * count + 5)
  const lost = [...ties.values()].reduce((sum, count) => sum + spread(count), 0)
  return (spread(values.length) - lost) / 18
}

// Never below 1: a series that swings to and fro would have hardly any variance left, or less than none,
// and a trend that is only as small as its noise would count.
function autocorrelationFactor(values: readonly number[], slope: number): number {
  const count = values.length
  const noise = ranks(values.map((value, index) => value - slope * index))
  const leastNoted = normalQuantile(0.975) / Math.sqrt(count)
  let sum = 0
  for (let lag = 1; lag <= LAGS; lag++) {
    const correlation = autocorrelation(noise, lag)
    if (Math.abs(correlation) <= leastNoted) continue
    sum += (count - lag) * (count - lag - 1) * (count - lag - 2) * correlation
  }
  return Math.max(1, 1 + (2 * sum) / (count * (count - 1) * (count - 2)))
}

function autocorrelation(values: readonly number[], lag: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let total = 0
  let shared = 0
  for (const [index, value] of values.entries()) {
    total += (value - mean) ** 2
    const earlier = values[index - lag]
    if (earlier !== undefined) shared += (value - mean) * (earlier - mean)
  }
  return total === 0 ? 0 : shared / total
}
