// Pure: read by k6 and by Node.
import { firstFound } from './first-found.ts'
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
  const total = Object.values(operations).reduce((sum, { weight }) => sum + weight, 0)
  const last = Object.keys(operations).at(-1) ?? ''
  if (Object.keys(operations).length === 1) return () => last
  let sum = 0
  const operationAt = firstFound(
    Object.keys(operations).map((name) => {
      sum += operations[name]?.weight ?? 0
      const end = sum / total
      return (place: number) => (place < end ? name : undefined)
    }),
  )
  return (index) => operationAt((start + index * GOLDEN) % 1) ?? last
}
