// Seeded noise with a known truth, for the tests of the statistics.
import { createRandom, mixSeed, type Random } from '../../../lib/random.ts'

export interface SeriesSettings {
  windows: number
  seed: number
  /** How much of a deviation is left in the next window, 0 to 1. */
  autocorrelation?: number
  /** Standard deviation of the logarithms. */
  noise?: number
  /** How much more the last window is than the first: 0.2 is 20 %. */
  drift?: number
}

/** Windows of a p95 around 100 ms: a trend of the logarithms with AR(1) noise on it. */
export function createSeries(settings: SeriesSettings): number[] {
  const { windows, seed, autocorrelation = 0, noise = 0.06, drift = 0 } = settings
  const random = createRandom(mixSeed(seed))
  const innovation = Math.sqrt(1 - autocorrelation ** 2)
  let deviation = normal(random)
  return Array.from({ length: windows }, (_, index) => {
    if (index > 0) deviation = autocorrelation * deviation + innovation * normal(random)
    const trend = (Math.log1p(drift) * index) / (windows - 1)
    return 100 * Math.exp(trend + noise * deviation)
  })
}

/** A standard normal value. Source: Box and Muller, 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
