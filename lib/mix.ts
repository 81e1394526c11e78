// Pure: read by k6 and by Node.
import { mixSeed } from './random.ts'

/** Fractional part of the golden ratio: its multiples fill [0, 1) as evenly as any sequence can. */
const GOLDEN = 0.6180339887498949

/**
 * Makes the choice of the nth iteration's operation. An additive recurrence with the golden ratio
 * instead of a dice: after n iterations every operation is within a few of weight x n (Kuipers &
 * Niederreiter, "Uniform Distribution of Sequences", 2.3), so the mix is exact in the long run and no
 * run draws an unlucky one.
 */
export const createMix = (
  operations: Record<string, { weight: number }>,
  seed: number,
): ((index: number) => string) => {
  const start = mixSeed(seed) / 4_294_967_296
  const names = Object.keys(operations)
  const ends: number[] = []
  let total = 0
  for (let i = 0; i < names.length; i++) {
    total += operations[names[i] ?? '']?.weight ?? 0
    ends[i] = total
  }
  const last = names.length - 1

  return (index) => {
    const place = ((start + index * GOLDEN) % 1) * total
    let i = 0
    while (i < last && place >= (ends[i] ?? 0)) i++
    return names[i] ?? ''
  }
}
