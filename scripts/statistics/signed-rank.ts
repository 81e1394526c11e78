/**
 * Largest `rank` with P(T+ < rank) <= `tail`, where T+ is Wilcoxon's signed-rank statistic of `count` values
 * without a difference; 0 when even its smallest value is likelier than that.
 *
 * It is the C of the interval in Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd edition, 1999,
 * section 3.3: the rank of the Walsh average that is the interval's end. Exact for every count.
 *
 * @param tail probability of one side, 0 to 0.5
 */
export function signedRankCutoff(tail: number, count: number): number {
  let below = 0
  const probabilities = signedRankDistribution(count)
  // Sums of halves are exact up to 53 values; beyond that a hair's breadth stands for the rounding.
  const most = tail * (1 + 1e-12)
  return probabilities.findIndex((probability) => (below += probability) > most)
}

/**
 * P(T+ = t) for t from 0 to count * (count + 1) / 2: each rank is in the sum or not, with equal chances.
 *
 * Source: Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics Bulletin 1(6), 1945, in the
 * recursion of Hollander and Wolfe, section 3.1, comment 5. Throws a RangeError for less than one value.
 */
export function signedRankDistribution(count: number): Float64Array {
  if (!(Number.isInteger(count) && count >= 1)) {
    throw new RangeError(`Expected a whole number of values from 1 on, got ${count}`)
  }
  const highest = (count * (count + 1)) / 2
  const probabilities = new Float64Array(highest + 1)
  probabilities[0] = 1
  for (let rank = 1; rank <= count; rank++) {
    for (let sum = highest; sum >= 0; sum--) {
      const without = probabilities[sum] ?? 0
      const having = sum >= rank ? (probabilities[sum - rank] ?? 0) : 0
      probabilities[sum] = (without + having) / 2
    }
  }
  return probabilities
}

/** Ranks from 1 in the order of the values given; equal values share the mean of their ranks. */
export function ranks(values: readonly number[]): number[] {
  const order = [...values.entries()].sort(([, left], [, right]) => left - right)
  const result = new Array<number>(values.length).fill(NaN)
  let first = 0
  while (first < order.length) {
    const value = order[first]?.[1]
    let end = first + 1
    while (end < order.length && order[end]?.[1] === value) end++
    // The ranks of the tie are first + 1 to end.
    for (const [index] of order.slice(first, end)) result[index] = (first + 1 + end) / 2
    first = end
  }
  return result
}
