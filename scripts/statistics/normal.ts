/** Beyond this the smaller tail is under 1e-15, less than the rounding of what is computed here. */
const FARTHEST = 8

/**
 * Probability that a standard normal value is at most `z`.
 *
 * Source: Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004:
 * the Taylor series of Phi around 0, summed until it stands still. Absolute error under 1e-14.
 */
export function normalCdf(z: number): number {
  if (z < -FARTHEST) return 0
  if (z > FARTHEST) return 1
  let sum = z
  let term = z
  let before = NaN
  for (let odd = 3; sum !== before && odd < 1_000; odd += 2) {
    before = sum
    term *= (z * z) / odd
    sum += term
  }
  return Math.min(1, Math.max(0, 0.5 + sum * density(z)))
}

/**
 * The `z` that a standard normal value stays under with the given probability.
 *
 * Source: the approximation 26.2.23 of Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964
 * (Hastings, 1955; error 4.5e-4), then Halley's iteration on `normalCdf`. Absolute error under 1e-9 for
 * probabilities from 1e-7 to 1 - 1e-7. Throws a RangeError outside of 0 to 1, both excluded.
 */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(`Expected a probability to lie between 0 and 1, got ${probability}`)
  }
  if (probability > 0.5) return -normalQuantile(1 - probability)
  let z = firstGuess(probability)
  for (let round = 0; round < 3; round++) {
    const step = (normalCdf(z) - probability) / density(z)
    z -= step / (1 + (z * step) / 2)
  }
  return z
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
}

function firstGuess(probability: number): number {
  const t = Math.sqrt(-2 * Math.log(probability))
  const above = 2.515517 + t * (0.802853 + t * 0.010328)
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
  return above / below - t
}

/**
 * The value that Student's t stays under with the given probability.
 *
 * Source: the expansion 26.7.5 of Abramowitz and Stegun, "Handbook of Mathematical Functions", 1964. The
 * 95 % quantile is right within 0.05 % from 3 degrees of freedom, 0.3 % for 2 and 5 % for 1.
 * Errors are those of `normalQuantile`.
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  const z = normalQuantile(probability)
  const inverse = 1 / degreesOfFreedom
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ]
  return terms.reduce((sum, term, power) => sum + term * inverse ** power, 0)
}
