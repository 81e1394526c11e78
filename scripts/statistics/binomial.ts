/**
 * The count that a binomial one exceeds with at most the given probability: of `trials`, each of which
 * happens with `chance` (0 to 1). Exact: the upper tail is added up.
 *
 * @param exceeding probability, above 0 and below 0.5
 */
export function binomialLimit(trials: number, chance: number, exceeding: number): number {
  if (trials <= 0 || chance <= 0) return 0
  if (chance >= 1) return trials
  let count = Math.min(trials, Math.floor(trials * chance))
  let above = upperTail(trials, chance, count)
  while (above > exceeding) {
    count++
    above -= probabilityOf(trials, chance, count)
  }
  return count
}

/** Probability of more than `count`. */
function upperTail(trials: number, chance: number, count: number): number {
  const odds = chance / (1 - chance)
  let term = count < trials ? probabilityOf(trials, chance, count + 1) : 0
  let sum = 0
  for (let next = count + 1; next <= trials && term > sum * 1e-16; next++) {
    sum += term
    term *= ((trials - next) / (next + 1)) * odds
  }
  return sum
}

function probabilityOf(trials: number, chance: number, count: number): number {
  const ways = logFactorial(trials) - logFactorial(count) - logFactorial(trials - count)
  return Math.exp(ways + count * Math.log(chance) + (trials - count) * Math.log1p(-chance))
}

const EXACT_TO = 20

/** Stirling's series, Abramowitz and Stegun 6.1.41; below 20 the factorial itself. */
function logFactorial(number: number): number {
  if (number < EXACT_TO) {
    let product = 1
    for (let factor = 2; factor <= number; factor++) product *= factor
    return Math.log(product)
  }
  const series = 1 / (12 * number) - 1 / (360 * number ** 3) + 1 / (1_260 * number ** 5)
  return (number + 0.5) * Math.log(number) - number + 0.5 * Math.log(2 * Math.PI) + series
}
