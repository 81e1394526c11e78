// Pure: read by k6 and by Node. What an answer has to be, as data; and why one is not.
import type { JsonSchema } from './json-schema.ts'

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

/** Rules with their names, one after the other: a name and its rule, the next name, … */
export type PreparedRules = unknown[]

/** Prepares rules, once for all answers; undefined where there are none. */
export const prepareRules = <Body, Input>({
  rules = {},
}: Expectation<Body, Input>): PreparedRules | undefined => {
  const list: PreparedRules = []
  const names = Object.keys(rules)
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    list[2 * i] = name
    list[2 * i + 1] = rules[name]
  }
  return names.length > 0 ? list : undefined
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

/** The name of the first broken rule; undefined when all hold. */
export const ruleProblem = (
  rules: PreparedRules,
  body: unknown,
  input: unknown,
): string | undefined => {
  let index = 0
  try {
    while (index < rules.length && (rules[index + 1] as Rule)(body, input)) index += 2
  } catch {
    // A rule that meets a body of another shape may throw; the answer is wrong, the script is not.
  }
  return rules[index] as string | undefined
}

type Rule = (body: unknown, input: unknown) => boolean
