/** Places of values that have no neighbour: no line leads to them, so they are drawn as dots. */
export function loneIndices(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, index) => {
    const isLone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
    return value !== null && isLone ? [index] : []
  })
}
