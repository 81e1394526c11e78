// Checked answers: an answer either is what the workload expects, or is a counted failure.
import { check } from 'k6'
import { Rate, Trend } from 'k6/metrics'
import type { Endpoint } from './endpoint.ts'
import { type Expectation, parseJson, rejection } from './expectation.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import type { Answer } from './session.ts'

/** What a good answer is, and which numbers of it are worth a metric. */
export interface AnswerRules<Body, Input = undefined> extends Expectation<Body, Input> {
  /** Rate metrics by name, e.g. `technique_accuracy`; a list counts one by one. */
  shares?: Record<string, (body: Body, input: Input) => boolean | readonly boolean[]>
  /** Trend metrics by name, e.g. `cost_usd`. */
  values?: Record<string, (body: Body, input: Input) => number>
}

/** Judges one answer; returns its body, or undefined when the answer was rejected. */
export type AnswerValidator<Body, Input> = (answer: Answer, input: Input) => Body | undefined

/**
 * Makes the validator of one endpoint; to be called in init code, where metrics are created. Each
 * answer feeds one check, `<endpoint> answers as expected`. A rejected one counts in
 * `answers_rejected`, by reason; an accepted one feeds the metrics. A body that is truncated or no
 * JSON is a counted failure, never an exception.
 */
export function answerValidator<Body, Input = undefined>(
  { name }: Pick<Endpoint, 'name'>,
  rules: AnswerRules<Body, Input>,
): AnswerValidator<Body, Input> {
  const asExpected = { [`${name} answers as expected`]: (reason: unknown) => reason === undefined }
  const record = recorder(rules)

  return (answer, input) => {
    const { status, timings } = answer
    const body = parseJson(answer.body)
    const reason =
      rejection({ status, body, durationMs: timings.duration }, rules, input) ??
      record(body as Body, input)
    check(reason, asExpected)
    if (reason === undefined) return body as Body
    answersRejected.add(1, { reason, name })
    logFirstErrors(`${name} rejected: ${reason}`)
    return undefined
  }
}

// Feeds the metrics; `metric-<name>` when the body has no such number, which is a wrong answer too.
function recorder<Body, Input>(rules: AnswerRules<Body, Input>) {
  const { shares = {}, values = {} } = rules
  const rates = Object.entries(shares).map(([name, of]) => ({ name, metric: new Rate(name), of }))
  const trends = Object.entries(values).map(([name, of]) => ({ name, metric: new Trend(name), of }))

  return (body: Body, input: Input): string | undefined => {
    let current = ''
    try {
      for (const { name, metric, of } of rates) {
        current = name
        const found = of(body, input)
        if (typeof found === 'boolean') metric.add(found)
        else for (const each of found) metric.add(each)
      }
      for (const { name, metric, of } of trends) {
        current = name
        const value = of(body, input)
        if (!Number.isFinite(value)) return `metric-${name}`
        metric.add(value)
      }
      return undefined
    } catch {
      return `metric-${current}`
    }
  }
}
