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
