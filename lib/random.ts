// Pure: read by k6 and by Node.

/** Numbers in [0, 1), the same sequence for the same seed. */
export type Random = () => number

/**
 * Mixes whole numbers into one 32-bit seed, so that neighbours (seed 1 and 2, iteration 7 and 8)
 * start unrelated sequences. The finaliser is that of MurmurHash3.
 */
export const mixSeed = (...parts: number[]): number => {
  let hash = 0x9e3779b9
  for (let i = 0; i < parts.length; i++) {
    hash = Math.imul(hash ^ (parts[i] ?? 0), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

/** A small seeded generator (mulberry32): enough for load data, never for secrets. */
export const createRandom = (seed: number): Random => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A value from the list, each equally likely. */
export const pick = <T>(random: Random, values: readonly T[]): T => {
  return nth(values, Math.floor(random() * values.length))
}

/** The nth value of the list, which begins anew at its end. */
export const nth = <T>(values: readonly T[], number: number): T => {
  const value = values[number % values.length]
  if (value === undefined) throw new Error('Expected a list with at least one value')
  return value
}
