import type { Interval } from '../verdict/statistics/interval.ts'
import { normalQuantile } from '../verdict/statistics/normal.ts'

/** How often a difference of the size of the margin is to be found. */
const POWER = 0.8

export interface PairsSoFar {
  pairs: number
  interval: Interval
  /** On the scale of the interval. */
  margin: number
  confidence: number
}

/**
 * About how many pairs tell a difference of the size of the margin from none:
 * ((z of the confidence + z of the power) * s / margin) squared, the size of a one-sided z-test.
 *
 * s is the spread of the differences that the interval's width stands for. Their standard deviation would do
 * for well-behaved ones, but one wild run makes it many times too large.
 */
export function pairsNeeded({ pairs, interval, margin, confidence }: PairsSoFar): number {
  const z = normalQuantile((1 + confidence) / 2)
  const spread = (((interval.high - interval.low) / 2) * Math.sqrt(pairs)) / z
  return Math.ceil((((z + normalQuantile(POWER)) * spread) / margin) ** 2)
}
