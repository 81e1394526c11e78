// For tests that measure how often something happens in simulated runs.

/**
 * Highest true rate that `hits` of `trials` still allow, with 95 % confidence: the upper bound of Clopper
 * and Pearson, "The Use of Confidence or Fiducial Limits", Biometrika 26(4), 1934, one-sided.
 */
export function highestRate(hits: number, trials: number): number {
  let low = hits / trials
  let high = 1
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2
    if (probabilityOfAtMost(hits, trials, middle) > 0.05) low = middle
    else high = middle
  }
  return high
}

function probabilityOfAtMost(hits: number, trials: number, rate: number): number {
  let logTerm = trials * Math.log1p(-rate)
  let sum = 0
  for (let count = 0; count <= hits; count++) {
    sum += Math.exp(logTerm)
    logTerm += Math.log(((trials - count) / (count + 1)) * (rate / (1 - rate)))
  }
  return sum
}
