import type { Reason } from '../reasons/reasons.ts'
import type { Interval } from '../statistics/percentile-interval.ts'
import type { Figures } from '../compare/figures.ts'
import type { ComparisonVerdict } from './judge-differences.ts'
import type { DifferenceScale } from '../statistics/difference-scale.ts'
import type { Side } from './pairs-plan.ts'

/** One side of a pair. Plain JSON. */
export interface SideResult {
  /** Folder of the run, within that of the comparison. */
  run: string
  /** Of the run by its SLA; INVALID where nothing was recorded. */
  verdict: string
  /** All endpoints together first. */
  figures: Figures[]
  /** Why the run does not count, from the generator or the recording: never the target's doing. */
  generatorFaults: string[]
  /** Why it does not count where the target may have done it: dropped load, exceptions, an early end. */
  loadFaults: string[]
}

/** Two runs next to each other. */
export interface PairResult {
  /** From 1. */
  pair: number
  order: [Side, Side]
  baseline: SideResult
  candidate: SideResult
}

/** What one metric says. */
export interface GateResult {
  metric: string
  scale: DifferenceScale
  verdict: ComparisonVerdict
  pairs: number
  /** Middle of the runs, in milliseconds or 0 to 1. */
  baseline?: number
  candidate?: number
  /** Difference of candidate and baseline on the scale: a logarithm of a ratio, or a difference. */
  estimate?: number
  interval?: Interval
  /** Why it is NO_DATA or NOT_PROVEN, or what to think of otherwise. */
  reason?: Reason
}

/** A pair that does not count, and why. */
export interface ExcludedPair {
  pair: number
  reasons: string[]
}

/** What pairs say together. */
export interface PairsVerdict {
  verdict: ComparisonVerdict | 'INVALID'
  gates: GateResult[]
  /** Shown, and never decide. */
  endpoints: (GateResult & { endpoint: string })[]
  excluded: ExcludedPair[]
  reasons: Reason[]
}
