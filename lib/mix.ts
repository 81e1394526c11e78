// Pure: read by k6 and by Node. Which operation an iteration runs.
import type { RunPlan } from './plan.ts'
import { mixSeed, nth } from './random.ts'

/** Fractional part of the golden ratio: its multiples fill [0, 1) as evenly as any sequence can. */
const GOLDEN = 0.6180339887498949

type Weights = Record<string, { weight: number }>

/** The choice of the nth iteration's operation: one after the other where each runs once, else by their weights. */
export const operationChooser = (
  operations: Weights,
  { model, iterationsPerUser }: Pick<RunPlan, 'model' | 'iterationsPerUser'>,
  seed: number,
): ((index: number) => string) => {
  if (model !== 'once' || iterationsPerUser !== undefined) return createMix(operations, seed)
  const names = Object.keys(operations)
  return (index) => nth(names, index)
}

/**
 * Chooses by weight. An additive recurrence with the golden ratio instead of a dice: after n iterations every
 * operation is within a few of weight x n (Kuipers & Niederreiter, "Uniform Distribution of Sequences", 2.3),
 * so the mix is exact in the long run and no run draws an unlucky one.
 */
export const createMix = (operations: Weights, seed: number): ((index: number) => string) => {
  const start = mixSeed(seed) / 4_294_967_296
  const names = Object.keys(operations)
  let total = 0
  const ends = Object.values(operations).map(({ weight }) => (total += weight))

  return (index) => {
    const place = ((start + index * GOLDEN) % 1) * total
    let i = 0
    while (i < names.length - 1 && place >= (ends[i] ?? 0)) i++
    return names[i] ?? ''
  }
}
