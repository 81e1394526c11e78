const BLOCKS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█']

/** A line of bars, one for each value, from zero to the highest value; a negative value is zero. */
export function sparkline(values: readonly number[]): string {
  const highest = Math.max(0, ...values)
  return values
    .map((value) => {
      const share = highest > 0 ? Math.max(0, value) / highest : 0
      return BLOCKS[Math.round(share * (BLOCKS.length - 1))]
    })
    .join('')
}
