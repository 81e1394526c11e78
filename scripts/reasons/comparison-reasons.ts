// Pure. What may be said of pairs of runs.
import { count } from '../core/format-measure.ts'

interface UnprovenBound {
  metric: string
  found: string
  wanted: string
}

/** A sentence for each code of a comparison. */
export const COMPARISON_SENTENCES = {
  NO_PAIR_LEFT: () => 'No pair is left to compare',
  TOO_FEW_PAIRS: ({ metric, pairs, needed }: { metric: string; pairs: number; needed: number }) =>
    `${metric} was measured in ${count(pairs, 'pair')}, at least ${needed} are needed`,
  PAIRS_LACK_METRIC: (data: { metric: string; missing: number; pairs: number }) =>
    `${data.metric} has no value in ${data.missing} of ${count(data.pairs, 'pair')}`,
  BOUND_NOT_PROVEN: ({ metric, found, wanted }: UnprovenBound) =>
    `${metric} may differ by ${found}, and was to be proven to differ by ${wanted} at most`,
  FEW_SAMPLES_IN_A_RUN: (data: { metric: string; samples: number; needed: number }) =>
    `${data.metric}: a run had only ${count(data.samples, 'sample')}, ${data.needed} are usual; longer runs tell more`,
  CANDIDATE_LOST_LOAD: (data: { candidate: number; baseline: number; pairs: number }) =>
    `The candidate's load was not the planned one in ${data.candidate} of ${count(data.pairs, 'pair')}, the baseline's in ${data.baseline}: the requests that are missing may be the slow ones`,
  PAIR_NOT_RUN: ({ pair, why }: { pair: number; why: string }) =>
    `Pair ${pair} could not be run: ${why}`,
  PAIRS_USELESS: ({ inARow }: { inARow: number }) =>
    `${inARow} pairs in a row could not be compared`,
}

// Pure. What may be said of a target with more and more replicas.

interface Missed {
  replicas: number
  found: string
  wanted: string
}

interface Unsaturated {
  replicas: number
  users: number
  /** Throughput of all users over that of half of them. */
  growth: string
}

const of = (replicas: number): string => count(replicas, 'replica')

/** A sentence for each code of `scaling`. */
export const SCALING_SENTENCES = {
  STEP_INVALID: ({ replicas, why }: { replicas: number; why: string }) =>
    `${of(replicas)}: the run proves nothing: ${why}`,
  STEP_NOT_MEASURED: ({ replicas, why }: { replicas: number; why: string }) =>
    `${of(replicas)}: not measured (${why})`,
  STEP_UNSATURATED: ({ replicas, users, growth }: Unsaturated) =>
    `${of(replicas)}: ${users} users got ${growth} as much done as half of them, so they were too few to saturate the target`,
  STEP_UNMEASURED: ({ replicas }: { replicas: number }) =>
    `${of(replicas)}: too few operations succeeded to measure throughput`,
  EFFICIENCY_MISSED: ({ replicas, found, wanted }: Missed) =>
    `${of(replicas)}: efficiency ${found}, expected at least ${wanted}`,
  EFFICIENCY_CLOSE: ({ replicas, found, wanted }: Missed) =>
    `${of(replicas)}: efficiency ${found} is too close to ${wanted} to be sure`,
}
