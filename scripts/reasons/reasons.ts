// Pure. Every sentence that a verdict may give as its reason, each under a stable code.
import { COMPARISON_SENTENCES, SCALING_SENTENCES } from './comparison-reasons.ts'
import { GENERATOR_SENTENCES } from './generator-reasons.ts'
import { OBJECTIVE_SENTENCES } from './objective-reasons.ts'
import { RUN_SENTENCES } from './run-reasons.ts'

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
  ...RUN_SENTENCES,
  ...OBJECTIVE_SENTENCES,
  ...GENERATOR_SENTENCES,
  ...COMPARISON_SENTENCES,
  ...SCALING_SENTENCES,
}

export type ReasonCode = keyof typeof SENTENCES

/** What the sentence of a code needs. */
export type ReasonData<Code extends ReasonCode> =
  Parameters<(typeof SENTENCES)[Code]> extends [infer Data] ? Data : Record<string, never>

/** All codes, in the order in which docs/verdict.md explains them. */
export const REASON_CODES = Object.keys(SENTENCES) as ReasonCode[]

/** A reason with its sentence filled in. */
export function reason<Code extends ReasonCode>(code: Code, data: ReasonData<Code>): Reason {
  const sentence = SENTENCES[code] as unknown as (data: ReasonData<Code>) => string
  return { code, text: sentence(data), data: { ...(data as Record<string, unknown>) } }
}

/** The reason of an objective among those of its run: `latency-p95: 218 ms, expected < 200ms`. */
export function ofObjective(name: string, { code, text, data }: Reason): Reason {
  return { code, text: `${name}: ${text}`, data: { objective: name, ...data } }
}
