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
  MACHINE_BUSY: (data: { seconds: number; judgedSeconds: number; slow: number; allSlow: number }) =>
    `The machine, not the API, may be slow: no CPU was idle in ${data.seconds} of ${data.judgedSeconds} s, which hold ${data.slow} of the ${data.allSlow} requests over the limit`,
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
