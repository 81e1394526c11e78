/** Without the error of floating point: 1 - 0.999 is 0.0010000000000000009, which no limit in a file says. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
