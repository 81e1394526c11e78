// Pure: read by k6 and by Node.
import { mixSeed } from './random.ts'

/** Fractional part of the golden ratio: its multiples fill [0, 1) as evenly as any sequence can. */
const GOLDEN = 0.6180339887498949

/**
 * Operation of the nth iteration. An additive recurrence with the golden ratio instead of a dice:
 * after n iterations every operation is within a few of weight x n (Kuipers & Niederreiter,
 * "Uniform Distribution of Sequences", 2.3), so the mix is exact in the long run and no run draws
 * an unlucky one.
 */
export function operationAt(
  operations: Record<string, { weight: number }>,
  index: number,
  seed: number,
): string {
  const names = Object.keys(operations)
  const total = names.reduce((sum, name) => sum + (operations[name]?.weight ?? 0), 0)
  const start = mixSeed(seed) / 4_294_967_296
  let remaining = ((start + index * GOLDEN) % 1) * total
  for (const name of names) {
    remaining -= operations[name]?.weight ?? 0
    if (remaining < 0) return name
  }
  return names.at(-1) ?? ''
}
