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
