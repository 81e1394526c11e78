// Pure. Every sentence that a verdict may give as its reason, each under a stable code.

/** Why a verdict is what it is. Tests, CI and alert routes compare `code`; people read `text`. Plain JSON. */
export interface Reason {
  code: ReasonCode
  /** One sentence without the full stop. */
  text: string
  /** The numbers and names in `text`. */
  data: Readonly<Record<string, unknown>>
}

/** A sentence for each code. docs/verdict.md explains every code; a test compares both. */
const SENTENCES = {
  NO_SAMPLES: (_: object) => 'No samples',
  TOO_FEW_SAMPLES: ({ samples, needed }: { samples: number; needed: number }) =>
    `${samples} samples, at least ${needed} are needed`,
  TOO_FEW_DRIFT_WINDOWS: (data: { windows: number; of: number; needed: number }) =>
    `${data.windows} of ${data.of} windows of constant load have enough requests, at least ${data.needed} are needed`,
  NO_STEP: (_: object) => 'No step of the ramp was measured',
  NO_SOUND_STEP: ({ bad }: { bad: string }) =>
    `No step met all objectives: ${bad} was too much already`,
  CAPACITY_OPEN: (data: { capacity: string; limit: string; from: number; to: number }) =>
    `The capacity is ${data.capacity}, so ${data.limit} is neither met nor missed: run again with --from-rate ${data.from} --rate ${data.to}`,
  CAPACITY_ABOVE_RAMP: (data: { capacity: string; limit: string; from: number; to: number }) =>
    `The capacity is ${data.capacity}, and ${data.limit} was not tried: run again with --from-rate ${data.from} --rate ${data.to}`,
  BASELINE_TOO_SMALL: ({
    cycle,
    served,
    needed,
  }: {
    cycle: string
    served: number
    needed: number
  }) =>
    `${served} requests were served before ${cycle}, at least ${needed} are needed to know what is usual`,
  RECOVERY_TOO_SHORT: ({
    cycle,
    seconds,
    needed,
  }: {
    cycle: string
    seconds: number
    needed: number
  }) => `The run ended ${seconds} s after ${cycle}, at least ${needed} s are needed`,
  NO_SPIKE: (_: object) => 'There was no spike to recover from',
  NOT_RECOVERED: ({ cycle, seconds }: { cycle: string; seconds: number }) =>
    `Not as before within the ${seconds} s after ${cycle}`,
  NO_PAIR_LEFT: (_: object) => 'No pair is left to compare',
  TOO_FEW_PAIRS: ({ metric, pairs, needed }: { metric: string; pairs: number; needed: number }) =>
    `${metric} was measured in ${pairs} ${pairs === 1 ? 'pair' : 'pairs'}, at least ${needed} are needed`,
  PAIRS_LACK_METRIC: (data: { metric: string; missing: number; pairs: number }) =>
    `${data.metric} has no value in ${data.missing} of ${data.pairs} pairs`,
  BOUND_NOT_PROVEN: ({
    metric,
    found,
    wanted,
  }: {
    metric: string
    found: string
    wanted: string
  }) => `${metric} may differ by ${found}, and was to be proven to differ by ${wanted} at most`,
  FEW_SAMPLES_IN_A_RUN: (data: { metric: string; samples: number; needed: number }) =>
    `${data.metric}: a run had only ${data.samples} samples, ${data.needed} are usual; longer runs tell more`,
  CANDIDATE_LOST_LOAD: (data: { candidate: number; baseline: number; pairs: number }) =>
    `The candidate's load was not the planned one in ${data.candidate} of ${data.pairs} pairs, the baseline's in ${data.baseline}: the requests that are missing may be the slow ones`,
  PAIR_NOT_RUN: ({ pair, why }: { pair: number; why: string }) =>
    `Pair ${pair} could not be run: ${why}`,
  PAIRS_USELESS: ({ inARow }: { inARow: number }) =>
    `${inARow} pairs in a row could not be compared`,
}

export type ReasonCode = keyof typeof SENTENCES

/** What the sentence of a code needs. */
export type ReasonData<Code extends ReasonCode> = Parameters<(typeof SENTENCES)[Code]>[0]

/** All codes, in the order in which docs/verdict.md explains them. */
export const REASON_CODES = Object.keys(SENTENCES) as ReasonCode[]

/** A reason with its sentence filled in. */
export function reason<Code extends ReasonCode>(code: Code, data: ReasonData<Code>): Reason {
  const sentence = SENTENCES[code] as (data: ReasonData<Code>) => string
  return { code, text: sentence(data), data: { ...data } }
}
