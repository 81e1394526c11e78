/** Turns values into places on one side of a chart. */
export interface Scale {
  ticks: number[]
  at: (value: number) => number
}

/** From zero to a round number that is not below `most`. */
export function linearScale(most: number, { from, to }: { from: number; to: number }): Scale {
  const top = roundTicks(most)
  const end = top.at(-1) ?? 1
  return { ticks: top, at: (value) => from + (value / end) * (to - from) }
}

/** Round numbers from zero on, at most six. */
export function roundTicks(most: number): number[] {
  const least = most > 0 ? most : 1
  const rough = least / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10) * power
  const steps = Math.ceil(least / step - 1e-9)
  return Array.from({ length: steps + 1 }, (_, index) => Number((index * step).toPrecision(12)))
}

const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400]

/** Seconds that are round on a clock, at most eleven. */
export function timeScale(seconds: number, { from, to }: { from: number; to: number }): Scale {
  const step = TIME_STEPS.find((each) => seconds / each <= 10) ?? 86_400
  const ticks = Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step)
  return { ticks, at: (value) => from + (value / Math.max(seconds, 1e-9)) * (to - from) }
}

/** Places of values that have no neighbour: no line leads to them, so they are drawn as dots. */
export function loneIndices(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, index) => {
    const isLone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
    return value !== null && isLone ? [index] : []
  })
}
