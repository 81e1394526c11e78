import { createRandom, type Random } from '../../../lib/random.ts'
import { ranks } from './ranks.ts'

/** Windows that stay together, so that what neighbours share is in the shuffled series as well. */
const BLOCK_LENGTH = 5
const SHUFFLES = 999

/**
 * Two-sided p-value of a trend: how often blocks of five windows in a random order rise or fall as much
 * as the series does. The measure is Spearman's: the sum of place times rank.
 *
 * Source: blocks as in Carlstein, "The Use of Subseries Values for Estimating the Variance of a General
 * Statistic from a Stationary Sequence", Annals of Statistics 14(3), 1986; one is added above and below
 * as in Phipson and Smyth, "Permutation P-values Should Never Be Zero", Statistical Applications in
 * Genetics and Molecular Biology 9(1), 2010. So the lowest p-value is 0.001.
 *
 * @param values in order of time; few blocks have few orders, and then no p-value is low
 * @param seed the same seed gives the same p-value
 */
export function blockPermutationPValue(values: readonly number[], seed: number): number {
  const random = createRandom(seed)
  const blocks = toBlocks(ranks(values))
  const observed = Math.abs(trend(blocks))
  let atLeast = 1
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    shuffleInPlace(blocks, random)
    // Sums of halves are exact, but products with the mean place need not be.
    if (Math.abs(trend(blocks)) >= observed - 1e-9) atLeast++
  }
  return atLeast / (SHUFFLES + 1)
}

interface Block {
  length: number
  /** Sum of the ranks, each less the mean rank. */
  sum: number
  /** Sum of place in the block times that. */
  weighted: number
}

function toBlocks(allRanks: readonly number[]): Block[] {
  const mean = (allRanks.length + 1) / 2
  const blocks: Block[] = []
  for (let start = 0; start < allRanks.length; start += BLOCK_LENGTH) {
    const centred = allRanks.slice(start, start + BLOCK_LENGTH).map((rank) => rank - mean)
    const sum = centred.reduce((total, rank) => total + rank, 0)
    const weighted = centred.reduce((total, rank, place) => total + place * rank, 0)
    blocks.push({ length: centred.length, sum, weighted })
  }
  return blocks
}

// The ranks are centred, so the places need not be: any constant would drop out.
function trend(blocks: readonly Block[]): number {
  let start = 0
  let total = 0
  for (const { length, sum, weighted } of blocks) {
    total += start * sum + weighted
    start += length
  }
  return total
}

// Durstenfeld, "Algorithm 235: Random permutation", Communications of the ACM 7(7), 1964.
function shuffleInPlace(blocks: Block[], random: Random): void {
  for (let last = blocks.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1))
    const [moved, kept] = [blocks[chosen], blocks[last]]
    if (moved === undefined || kept === undefined) continue
    blocks[last] = moved
    blocks[chosen] = kept
  }
}
