// Pure: read by k6 and by Node. What an answer has to be, as data; and why one is not.
import { type JsonSchema, schemaProblem } from './json-schema.ts'

/** What of an answer is judged. */
export interface AnswerFacts {
  status: number
  /** The parsed JSON body; undefined when it is none. */
  body: unknown
  durationMs: number
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
export function rejection<Body, Input>(
  { status, body, durationMs }: AnswerFacts,
  expectation: Expectation<Body, Input>,
  input: Input,
): string | undefined {
  if (status === 0) return 'no-answer'
  if (!isExpected(status, expectation.status ?? 200)) return `status-${status}`
  const { schema, rules } = expectation
  if (body === undefined && (schema || rules)) return 'not-json'
  const problem = schema && schemaProblem(body, schema)
  if (problem) return problem.path === '' ? problem.keyword : `${problem.keyword}-${problem.path}`
  if (durationMs > (expectation.durationMsMax ?? Infinity)) return 'too-slow'
  for (const name in rules) {
    if (!holds(rules[name], body as Body, input)) return name
  }
  return undefined
}

function isExpected(status: number, expected: number | readonly number[]): boolean {
  return typeof expected === 'number' ? status === expected : expected.includes(status)
}

// A rule that meets a body of another shape may throw; the answer is wrong, the script is not.
function holds<Body, Input>(
  rule: ((body: Body, input: Input) => boolean) | undefined,
  body: Body,
  input: Input,
): boolean {
  try {
    return rule === undefined || rule(body, input)
  } catch {
    return false
  }
}

/** The JSON value of a body; undefined for anything that is no JSON. */
export function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
