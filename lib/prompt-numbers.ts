// Pure: read by k6 and by Node. The numbers behind a stream of prompts, each from its index alone.

// Parts of square roots: their multiples fill [0, 1) evenly (see lib/mix.ts). With 1 and the golden
// ratio, by which the mix of operations follows the same index, they are linearly independent over
// the rationals, so operation, kind, technique and repetition are evenly distributed together too
// (Kuipers & Niederreiter, "Uniform Distribution of Sequences", 1.6).
const KIND_STEP = Math.SQRT2 - 1
const TECHNIQUE_STEP = Math.sqrt(3) - 1
const POOL_STEP = (Math.sqrt(13) - 3) / 2

/** Where in [0, 1) the kind of the nth prompt lies: each interval gets its length, exactly. */
export const kindPlace = (start: number, n: number): number => {
  return (start + n * KIND_STEP) % 1
}

/** The same for its technique. */
export const techniquePlace = (start: number, n: number): number => {
  return (start + n * TECHNIQUE_STEP) % 1
}

/**
 * The same for the entry of the pool that it repeats. Two places that are d < b apart in n differ by
 * more than 0.27 / b (the continued fraction of the step is all threes), so b neighbours find b
 * entries in a pool of at least 4 b.
 */
export const poolPlace = (start: number, n: number): number => {
  return (start + n * POOL_STEP) % 1
}

/** Where in [0, 1) all of them begin: another place for each seed. */
export const startOf = (seed: number): number => {
  return scramble(seed, START_SALT) / 4_294_967_296
}

const START_SALT = 0x165667b1

/**
 * A 32-bit hash of two whole numbers: one round of `mixSeed`, which takes a list of numbers and
 * needs five times as long in k6.
 */
export const scramble = (key: number, index: number): number => {
  let hash = Math.imul(key ^ index, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
