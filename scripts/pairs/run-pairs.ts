import { ToolkitError } from '../core/errors.ts'
import type { Targets } from '../plan/target.ts'
import { type Reason, reason } from '../reasons/reasons.ts'
import { measureSide, type SharedRun } from './measure-side.ts'
import { orderOfPair, type Side } from './pairs-plan.ts'
import type { PairResult, SideResult } from './pair-result.ts'

export interface PairsInput {
  shared: SharedRun
  seed: number
  targets: Record<Side, Targets>
  /** After how many pairs to look; the last one is the end. */
  looks: readonly number[]
  /** Whether the pairs so far are enough, at the look of that place. */
  isDone: (pairs: readonly PairResult[], look: number) => boolean
  /** Told after each pair. */
  onPair: (pair: PairResult, isUsable: boolean) => void
}

/** So many useless pairs in a row will not be followed by useful ones. */
const USELESS_MAX = 3

export interface FinishedPairs {
  pairs: PairResult[]
  /** Why there are no more, where neither the plan nor the user ended them. */
  failure?: Reason
}

/**
 * Runs pair after pair, until it is enough, the user stops it, or a run cannot be started. An unfinished
 * pair is dropped.
 *
 * @throws ToolkitError when not even the first pair could be run
 */
export async function runPairs(input: PairsInput): Promise<FinishedPairs> {
  const { looks, shared } = input
  const pairs: PairResult[] = []
  let useless = 0
  for (let number = 1; number <= (looks.at(-1) ?? 0); number++) {
    let pair: PairResult | undefined
    try {
      pair = await runPair(number, input)
    } catch (error) {
      if (pairs.length === 0 || !(error instanceof ToolkitError)) throw error
      return { pairs, failure: reason('PAIR_NOT_RUN', { pair: number, why: error.message }) }
    }
    if (!pair) break
    pairs.push(pair)
    const usable = isUsable(pair)
    useless = usable ? 0 : useless + 1
    input.onPair(pair, usable)
    if (shared.interrupts.stop.aborted) break
    if (useless === USELESS_MAX) {
      return { pairs, failure: reason('PAIRS_USELESS', { inARow: USELESS_MAX }) }
    }
    const look = looks.indexOf(number)
    if (look >= 0 && input.isDone(pairs, look)) break
  }
  return { pairs }
}

function isUsable({ baseline, candidate }: PairResult): boolean {
  return [baseline, candidate].every(
    ({ generatorFaults, loadFaults }) => generatorFaults.length + loadFaults.length === 0,
  )
}

async function runPair(
  number: number,
  { shared, seed, targets }: PairsInput,
): Promise<PairResult | undefined> {
  const order = orderOfPair(seed, number)
  const results: Partial<Record<Side, SideResult>> = {}
  for (const side of order) {
    if (shared.interrupts.stop.aborted) return undefined
    const name = `pair-${String(number).padStart(2, '0')}-${side}`
    const result = await measureSide(shared, name, targets[side])
    if (!result) return undefined
    results[side] = result
  }
  const { baseline, candidate } = results
  return baseline && candidate && { pair: number, order, baseline, candidate }
}
