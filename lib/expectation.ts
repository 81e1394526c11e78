// Pure: read by k6 and by Node. What an answer has to be, as data; and why one is not.
import { type JsonSchema, prepareSchema, schemaProblem } from './json-schema.ts'

/** What of an answer is judged; k6's own response is one. */
export interface AnswerFacts {
  status: number
  timings: { duration: number }
}

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

/**
 * Why an answer is not as expected: `no-answer`, `status-503`, `not-json`, `type-results[].id` (a
 * keyword of the schema and a path), `too-slow`, or the name of a broken rule. Undefined when it is.
 */
export type Rejection<Input> = (
  facts: AnswerFacts,
  body: unknown,
  input: Input,
) => string | undefined

/** Compiles an expectation, once for all answers; `body` is the parsed JSON, undefined if it is none. */
export const compileExpectation = <Body, Input>(
  expectation: Expectation<Body, Input>,
): Rejection<Input> => {
  const { status: expected = 200, schema: given, durationMsMax, rules } = expectation
  const schema = given && prepareSchema(given)
  const names: string[] = []
  for (const name in rules) names[names.length] = name
  const needsBody = schema !== undefined || names.length > 0

  return (facts, body, input) => {
    const { status } = facts
    if (status !== expected && !(typeof expected === 'object' && expected.includes(status))) {
      return status === 0 ? 'no-answer' : `status-${status}`
    }
    if (body === undefined && needsBody) return 'not-json'
    const problem = schema && schemaProblem(schema, body)
    if (problem !== undefined) return problem
    if (durationMsMax !== undefined && facts.timings.duration > durationMsMax) return 'too-slow'
    let index = 0
    try {
      while (index < names.length && rules?.[names[index] ?? '']?.(body as Body, input)) index++
    } catch {
      // A rule that meets a body of another shape may throw; the answer is wrong, the script is not.
    }
    return names[index]
  }
}
