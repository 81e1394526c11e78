// Pure: read by k6 and by Node.

/**
 * Divides a whole number by weights so that the parts are whole and add up to it exactly
 * (largest-remainder method: the parts with the largest rounded-off fractions get one more).
 */
export const divideExactly = (total: number, weights: readonly number[]): number[] => {
  const sum = weights.reduce((a, b) => a + b, 0)
  const exact = weights.map((weight) => (total * weight) / sum)
  const parts = exact.map(Math.floor)
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index)
  const missing = total - parts.reduce((a, b) => a + b, 0)
  for (const { index } of byRemainder.slice(0, missing)) parts[index] = (parts[index] ?? 0) + 1
  return parts
}

/** The next total from one on of which divideExactly() gives each part something; every weight is above 0. */
export const nextFull = (from: number, weights: readonly number[]): number => {
  let total = Math.ceil(from)
  while (divideExactly(total, weights).some((part) => part === 0)) total++
  return total
}

/** The largest whole number that divides every value; 0 is divided by all. */
export const greatestCommonDivisor = (values: readonly number[]): number => {
  const ofTwo = (a: number, b: number): number => (b === 0 ? a : ofTwo(b, a % b))
  return values.reduce(ofTwo, 0)
}
