// Checked responses: a response either is what the workload expects, or is a counted failure.
import { check } from 'k6'
import { type AnswerRules, problemFinder } from './answer-rules.ts'
import type { Endpoint } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { REDIRECT_REFUSED } from './plan.ts'
import { recorders } from './recorded-values.ts'
import type { Response } from './session.ts'

export type { AnswerRules } from './answer-rules.ts'

/** Judges one response; returns its body, or undefined when the response was rejected. */
export type AnswerValidator<Body, Input> = (
  response: Response,
  ...input: Input extends undefined ? [] : [input: Input]
) => Body | undefined

/**
 * Makes the validator of one endpoint; to be called in init code, where metrics are created. Each
 * response feeds one check, `<endpoint> answers as expected`. A rejected one counts in
 * `answers_rejected`, by reason; an accepted one feeds the metrics. A body that is truncated or no
 * JSON is a counted failure, never an exception; `metric-<name>` is one that has no such number.
 */
export const answerValidator = <Body, Input = undefined>(
  endpoint: Pick<Endpoint, 'name'> & Partial<Endpoint>,
  rules: AnswerRules<Body, Input>,
): AnswerValidator<Body, Input> => {
  const { read = (response) => response.json() as Body } = rules
  const problemOf = problemFinder(endpoint, rules)
  const record = recorders(rules)
  const checkName = `${endpoint.name} answers as expected`

  const validate = (response: Response, input: Input): Body | undefined => {
    const body = quietly(() => read(response))
    const reason = problemOf(response, body, input) ?? record(body as Body, input)
    check(response, { [checkName]: () => reason === undefined })
    if (reason === undefined) return body
    reject(endpoint.name, response.error === REDIRECT_REFUSED ? REDIRECT_REFUSED : reason)
    return undefined
  }
  return validate as AnswerValidator<Body, Input>
}

// A reader meets responses without a body, too; what it cannot read is a wrong response.
const quietly = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const reject = (name: string, reason: string): void => {
  // Counted and logged where it was refused.
  if (reason === REDIRECT_REFUSED) return
  answersRejected.add(1, { reason, name })
  logFirstErrors(`${name} rejected: ${reason}`)
}
