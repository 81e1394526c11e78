import { type Reason, reason } from '../reasons/reasons.ts'
import type { Side } from './pairs-plan.ts'
import type { ExcludedPair, PairResult, SideResult } from './pair-result.ts'

const SIDES: readonly Side[] = ['baseline', 'candidate']

export interface SortedPairs {
  kept: PairResult[]
  excluded: ExcludedPair[]
  /** One side lost runs to what its target may have done: those that are left may be its better ones. */
  lopsided?: Reason
}

/**
 * Leaves out pairs with a run that was not the planned one. The rule is the same for both sides and never
 * looks at a latency: being slow is no reason to leave.
 */
export function sortPairs(pairs: readonly PairResult[]): SortedPairs {
  const excluded = pairs
    .map((each) => ({ pair: each.pair, reasons: SIDES.flatMap((side) => faultsOf(each, side)) }))
    .filter(({ reasons }) => reasons.length > 0)
  const numbers = new Set(excluded.map(({ pair }) => pair))
  const lopsided = lopsidedReason(pairs)
  return {
    kept: pairs.filter(({ pair }) => !numbers.has(pair)),
    excluded,
    ...(lopsided && { lopsided }),
  }
}

function faultsOf(pair: PairResult, side: Side): string[] {
  const { generatorFaults, loadFaults } = pair[side]
  return [...generatorFaults, ...loadFaults].map((fault) => `${side}: ${fault}`)
}

function lopsidedReason(pairs: readonly PairResult[]): Reason | undefined {
  const isLost = ({ loadFaults }: SideResult): boolean => loadFaults.length > 0
  const baseline = pairs.filter((pair) => isLost(pair.baseline)).length
  const candidate = pairs.filter((pair) => isLost(pair.candidate)).length
  if (candidate <= baseline) return undefined
  return reason('CANDIDATE_LOST_LOAD', { candidate, baseline, pairs: pairs.length })
}
