/** Draws uniformly from [0, 1). */
export type Random = () => number

/** A repeatable generator (Mulberry32, 32 bits of state): good for latencies, not for secrets. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A text's share of [0, 1), the same for the same seed (FNV-1a over UTF-16 units, then mixed). */
export function shareOfText(text: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  // FNV's high bits barely change between texts that differ in their last letter.
  return createRandom(hash)()
}

/**
 * Draws a lognormal value by the Box-Muller transform.
 *
 * @param median in the unit wanted back
 * @param sigma standard deviation of the logarithm; 0 always gives the median
 */
export function lognormal(random: Random, { median, sigma }: { median: number; sigma: number }) {
  // 1 - u keeps the logarithm's argument above zero.
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  const normal = radius * Math.cos(2 * Math.PI * random())
  return median * Math.exp(sigma * normal)
}
