// Seeded chance for the tests of this folder.

/** Numbers from 0 to 1: mulberry32. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A standard normal value: the sum of twelve, less six. */
export function normalValue(next: () => number): number {
  return Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, -6)
}
