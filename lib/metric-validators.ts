// Checked responses: a response either is what the workload expects, or is a counted failure.
import { check } from 'k6'
import { type AnswerRules, problemFinder } from './answer-rules.ts'
import { ruleMistakes } from './before-the-run.ts'
import type { Endpoint } from './endpoint.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { noteMistakes } from './noted-mistakes.ts'
import { noteFailure } from './operation.ts'
import { REDIRECT_REFUSED } from './plan.ts'
import { recorders } from './recorded-values.ts'
import type { Response } from './session.ts'

export type { AnswerRules } from './answer-rules.ts'

/** Judges one response; returns its body, or undefined when the response was rejected. */
export type AnswerValidator<Body, Input> = (
  response: Response | Response<'none'> | Response<'binary'>,
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
  const { read } = rules
  const mistakes = __VU === 0 ? ruleMistakes(endpoint, rules) : []
  noteMistakes(mistakes)
  // Whoever says it, k6 and the validator have to agree on what a good status is.
  if (rules.status !== undefined) endpoint.statuses ??= [rules.status].flat()
  // Rules that are wrong are named before a response is looked at.
  const problemOf = problemFinder(endpoint, mistakes.length > 0 ? {} : rules)
  const record = recorders(rules)
  const asExpected = {
    [`${endpoint.name} answers as expected`]: (reason?: string) => reason === undefined,
  }

  const validate = (response: Response, input: Input): Body | undefined => {
    let body: Body | undefined
    try {
      body = read ? read(response) : (response.json() as Body)
    } catch {
      // A reader meets responses without a body, too; what it cannot read is a wrong response.
    }
    const reason = problemOf(response, body, input) ?? record(body as Body, input)
    check(reason, asExpected)
    if (reason === undefined) return body
    reject(endpoint.name, response.error === REDIRECT_REFUSED ? REDIRECT_REFUSED : reason)
    return undefined
  }
  return validate as AnswerValidator<Body, Input>
}

const reject = (name: string, reason: string): void => {
  noteFailure()
  // Counted and logged where it was refused.
  if (reason === REDIRECT_REFUSED) return
  answersRejected.add(1, { reason, name })
  logFirstErrors(`${name} rejected: ${reason}`)
}
