// Pure: read by k6 and by Node. How long a user pauses between two iterations.
import type { Random } from './random.ts'

/**
 * Always the same, anywhere between two limits, or lognormal: most pauses short and a few long, as
 * people's are. All in seconds.
 */
export type ThinkTime =
  | { seconds: number }
  | { minSeconds: number; maxSeconds: number }
  | { medianSeconds: number; p95Seconds: number }

/** Standard normal quantile of 0.95. */
const Z_95 = 1.6448536269514722

/** One pause; the same random numbers give the same pause. */
export const thinkSeconds = (time: ThinkTime, random: Random): number => {
  if ('seconds' in time) return time.seconds
  if ('minSeconds' in time) {
    return time.minSeconds + random() * (time.maxSeconds - time.minSeconds)
  }
  // Box and Muller (1958), "A Note on the Generation of Random Normal Deviates".
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return time.medianSeconds * Math.exp(sigmaOf(time) * normal)
}

/** What pauses are on average. */
export const meanThinkSeconds = (time: ThinkTime): number => {
  if ('seconds' in time) return time.seconds
  if ('minSeconds' in time) return (time.minSeconds + time.maxSeconds) / 2
  return time.medianSeconds * Math.exp(sigmaOf(time) ** 2 / 2)
}

/** Of lognormal pauses one in 30,000 is longer, the quantile of 4 standard deviations. */
const SIGMAS_MAX = 4

/** A pause that is practically never outlasted. */
export const longestThinkSeconds = (time: ThinkTime): number => {
  if ('seconds' in time) return time.seconds
  if ('minSeconds' in time) return time.maxSeconds
  return time.medianSeconds * Math.exp(sigmaOf(time) * SIGMAS_MAX)
}

// ln X is normal with the mean ln(median), so p95 / median = exp(1.645 sigma).
const sigmaOf = (time: { medianSeconds: number; p95Seconds: number }): number => {
  return Math.log(time.p95Seconds / time.medianSeconds) / Z_95
}
