// Pure: read by k6 and by Node. What an answer has to be, as data; and why one is not.
import type { JsonSchema } from './json-schema.ts'

/**
 * What a body has to pass, in one list, three places each: the reason of an answer that fails there, what is
 * read of its body, and what a number goes to (nothing for a rule).
 */
export type Steps = unknown[]
export const READ = 1
export const ADD = 2
export const STEP = 3

/**
 * What an answer has to be. `Input` is whatever the request was made from, so that rules can compare
 * the two. Cheap on purpose: a check costs a quarter of a request's CPU.
 */
export interface Expectation<Body, Input = undefined> {
  /** @default 200 */
  status?: number | readonly number[]
  schema?: JsonSchema
  /** An answer that took longer is wrong for its user, whatever it says. */
  durationMsMax?: number
  /** Business rules that must hold, by a name for the reason. */
  rules?: Record<string, (body: Body, input: Input) => boolean>
}

/** `no-answer`, or e.g. `status-503`, where a status is not as expected; undefined where it is. */
export const statusProblem = (
  expected: number | readonly number[],
  status: number,
): string | undefined => {
  if (typeof expected === 'object' ? expected.includes(status) : expected === status)
    return undefined
  return status === 0 ? 'no-answer' : `status-${status}`
}
