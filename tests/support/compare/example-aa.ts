// Comparisons of runs that do not differ, made from real runs of one server, for the tests.
import { readFileSync } from 'node:fs'
import { projectPath } from '../../../scripts/core/project.ts'
import { orderOfPair } from '../../../scripts/pairs/pairs-plan.ts'

/** What each side of a comparison measured, in pairs. */
export interface SidesOfPairs {
  baseline: number[]
  candidate: number[]
}

export type Percentile = 'p50Ms' | 'p95Ms'

const RUNS = JSON.parse(
  readFileSync(projectPath('tests', 'support', 'compare', 'aa-runs.json'), 'utf8'),
) as Record<Percentile, number[]>

const ORDERS = 20

/**
 * All runs of neighbouring pairs, the order inside each pair left to chance, many times over: as if the
 * comparison had begun at each of the 80 runs.
 */
export function interleavedPairs(of: Percentile, pairs: number): SidesOfPairs[] {
  return starts(2 * pairs).flatMap((start) =>
    Array.from({ length: ORDERS }, (_, seed) => {
      const sides: SidesOfPairs = { baseline: [], candidate: [] }
      for (let pair = 0; pair < pairs; pair++) {
        orderOfPair(seed, start * 1_000 + pair).forEach((side, place) => {
          sides[side].push(runAt(of, start + 2 * pair + place))
        })
      }
      return sides
    }),
  )
}

/** All baseline runs first, then all candidate runs, as one is tempted to. */
export function sequentialBlocks(of: Percentile, pairs: number): SidesOfPairs[] {
  return starts(2 * pairs).map((start) => ({
    baseline: Array.from({ length: pairs }, (_, index) => runAt(of, start + index)),
    candidate: Array.from({ length: pairs }, (_, index) => runAt(of, start + pairs + index)),
  }))
}

/** Logarithms of the ratios, with the candidate made slower by a factor. */
export function logRatios({ baseline, candidate }: SidesOfPairs, factor = 1): number[] {
  return baseline.map((value, index) => Math.log((factor * (candidate[index] ?? NaN)) / value))
}

/** Share of the cases that something is true of. */
export function shareOf<Case>(cases: readonly Case[], is: (each: Case) => boolean): number {
  return cases.filter(is).length / cases.length
}

function starts(length: number): number[] {
  return Array.from({ length: RUNS.p50Ms.length - length + 1 }, (_, start) => start)
}

function runAt(of: Percentile, index: number): number {
  return RUNS[of][index] ?? NaN
}
