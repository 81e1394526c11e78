// Pure: read by k6 and by Node. What a response has to be, as data; and why one is not.
import { type Endpoint, isExpectedStatus } from './endpoint.ts'
import type { JsonSchema } from './json-schema.ts'
import { flatLook } from './k6-internals.ts'
import { schemaCheck } from './schema-check.ts'
import type { Response } from './session.ts'

/**
 * What a good response is, and which numbers of it are worth a metric. `Input` is whatever the request was made
 * from, so that rules can compare the two.
 */
export interface AnswerRules<Body, Input = undefined> {
  /** For a script without endpoints; an endpoint says its `statuses` itself. */
  status?: number | readonly number[]
  schema?: JsonSchema
  /** A response that took longer is wrong for its user, whatever it says. */
  durationMsMax?: number
  /** Business rules that must hold, by a name for the reason. */
  rules?: Record<string, (body: Body, input: Input) => boolean>
  /** What the rules look at. @default the JSON value of the body */
  read?: (response: Response) => Body | undefined
  /** Rate metrics by name, e.g. `technique_accuracy`; a list counts one by one. */
  shares?: Record<string, (body: Body, input: Input) => boolean | readonly boolean[]>
  /** Trend metrics by name, e.g. `cost_usd`; one that ends in `_ms` is a time in milliseconds. */
  values?: Record<string, (body: Body, input: Input) => number>
  /** Labels of the shares in runs that stream, by name; of a list each share has its own. */
  labels?: Record<string, (input: Input) => string | readonly string[]>
}

/** Why a response is not as expected: `status-503`, `not-json`, `type-id`, the name of a rule; undefined if it is. */
export type ProblemOf<Body, Input> = (
  response: Response,
  body: Body | undefined,
  input: Input,
) => string | undefined

/** Prepares the look at an endpoint's responses; to be called once, in init code. */
export const problemFinder = <Body, Input>(
  endpoint: Partial<Endpoint>,
  rules: AnswerRules<Body, Input>,
): ProblemOf<Body, Input> => {
  const { durationMsMax, schema } = rules
  const isPlain = schema && flatLook(schema)
  const ruleNames = Object.keys(rules.rules ?? {})
  // Prepared for the first body that needs it: each of a thousand VUs would keep 50 KB of it.
  let check: ReturnType<typeof schemaCheck> | undefined
  const needsBody = schema !== undefined || ruleNames.length > 0
  return (response, body, input) => {
    const { status } = response
    if (!isExpectedStatus(endpoint, status)) return status === 0 ? 'no-answer' : `status-${status}`
    if (needsBody && body === undefined) return 'not-json'
    if (schema && !isPlain?.(body)) {
      const problem = (check ??= schemaCheck(schema))(body)
      if (problem !== undefined) return problem
    }
    if (durationMsMax !== undefined && response.timings.duration > durationMsMax) return 'too-slow'
    if (ruleNames.length === 0) return undefined
    // The body may be of another shape than the rule expects: then the response is wrong, the script is not.
    return ruleNames.find((name) => !quietly(() => rules.rules?.[name]?.(body as Body, input)))
  }
}

const quietly = (rule: () => boolean | undefined): boolean | undefined => {
  try {
    return rule()
  } catch {
    return false
  }
}
