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
  MISSED_BY_FEW: ({ bad, samples, needed, percentile, limit }: MissedByFew) =>
    `${bad} of ${samples} samples miss ${limit}: p${percentile} misses it too, whatever the ${needed - samples} samples that are lacking had been`,
  DROPPED_OVER_LIMIT: ({ percentile }: { percentile: number }) =>
    `so many iterations were dropped because no user was free that p${percentile} is a request that was never sent`,
  COORDINATED_OMISSION: ({ corrected, limit }: { corrected: string; limit: string }) =>
    `users who waited sent no requests meanwhile: with those it is ${corrected}, expected ${limit}`,
  NO_FAILURE_SEEN: ({ samples, proven, needed, durationSeconds }: NoFailureSeen) =>
    `no failure in ${whole(samples)} samples proves ${proven}, ${whole(needed)} are needed: --duration ${durationSeconds}s`,
}

interface MissedByFew {
  bad: number
  samples: number
  needed: number
  percentile: number
  limit: string
}

interface NoFailureSeen {
  samples: number
  /** What the interval reaches: `99.83%`, or `at most 0.17%` of errors. */
  proven: string
  /** Samples that would prove the limit, if none of them fails. */
  needed: number
  /** Of the run that would have them. */
  durationSeconds: number
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

function whole(amount: number): string {
  return Math.round(amount).toLocaleString('en-US')
}
