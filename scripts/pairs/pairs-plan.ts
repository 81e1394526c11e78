import type { RunPlan } from '../../lib/plan.ts'
import { wrongValue } from '../core/usage-errors.ts'
import { CONFIDENCE, pairsNeeded } from './judge-differences.ts'
import { createRandom, mixSeed } from '../../lib/random.ts'

export type Side = 'baseline' | 'candidate'

/**
 * Which side of a pair runs first. It is left to chance, since whatever a run leaves behind on the machine
 * or the target would else always meet the same side; the same seed gives the same order.
 */
export function orderOfPair(seed: number, pair: number): [Side, Side] {
  const isBaselineFirst = createRandom(mixSeed(seed, pair))() < 0.5
  return isBaselineFirst ? ['baseline', 'candidate'] : ['candidate', 'baseline']
}

/** When the pairs are looked at, and how sure each look has to be. */
export interface PairsPlan {
  /** Numbers of pairs; the last is the end. */
  looks: readonly number[]
  /** Of the intervals, the same at each look. */
  confidence: number
}

const PAIRS_MIN = pairsNeeded(CONFIDENCE)
const PAIRS_MAX = 100

/**
 * Looks of `--pairs auto`. Each may err in a third of the cases that one look may (Bonferroni), for whoever
 * looks three times errs three times as often. Six, since of five pairs no interval is that sure.
 */
const LOOKS_AUTO = [6, 10, 15]

/** What a run takes besides its load: a k6 that starts, and samples that are read. */
const OVERHEAD_SECONDS = 1

/**
 * Reads `--pairs`: a number from 5 on, or `auto`.
 *
 * @throws ToolkitError `K6V_WRONG_VALUE`
 */
export function parsePairs(text: string): PairsPlan {
  if (text === 'auto') {
    return { looks: LOOKS_AUTO, confidence: 1 - (1 - CONFIDENCE) / LOOKS_AUTO.length }
  }
  const pairs = Number(text)
  if (Number.isInteger(pairs) && pairs >= PAIRS_MIN && pairs <= PAIRS_MAX) {
    return { looks: [pairs], confidence: CONFIDENCE }
  }
  throw wrongValue('--pairs', `auto or a whole number from ${PAIRS_MIN} to ${PAIRS_MAX}`, text)
}

/** `20 runs of 60 s, about 21 min`, or of `auto` the shortest and the longest time. */
export function describePairs({ looks }: PairsPlan, { durationSeconds }: RunPlan): string {
  const counts = [...new Set([looks[0] ?? 0, looks.at(-1) ?? 0])].map((pairs) => 2 * pairs)
  const times = counts.map((runs) => timeText(runs * (durationSeconds + OVERHEAD_SECONDS)))
  const seconds = Math.round(durationSeconds)
  return `${counts.join(' to ')} runs of ${seconds} s, about ${times.join(' to ')}`
}

function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
