// Checked answers: an answer either is what the workload expects, or is a counted failure.
import { check, type Checkers } from 'k6'
import { Rate, Trend } from 'k6/metrics'
import type { Endpoint } from './endpoint.ts'
import { compileExpectation, type Expectation } from './expectation.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import type { Answer } from './session.ts'

/** What a good answer is, and which numbers of it are worth a metric. */
export interface AnswerRules<Body, Input = undefined> extends Expectation<Body, Input> {
  /** What the rules look at. @default the JSON value of the body */
  read?: (answer: Answer) => Body | undefined
  /** Rate metrics by name, e.g. `technique_accuracy`; a list counts one by one. */
  shares?: Record<string, (body: Body, input: Input) => boolean | readonly boolean[]>
  /** Trend metrics by name, e.g. `cost_usd`. */
  values?: Record<string, (body: Body, input: Input) => number>
}

/** Judges one answer; returns its body, or undefined when the answer was rejected. */
export type AnswerValidator<Body, Input> = (
  answer: Answer,
  ...input: Input extends undefined ? [] : [input: Input]
) => Body | undefined

/**
 * Makes the validator of one endpoint; to be called in init code, where metrics are created. Each
 * answer feeds one check, `<endpoint> answers as expected`. A rejected one counts in
 * `answers_rejected`, by reason; an accepted one feeds the metrics. A body that is truncated or no
 * JSON is a counted failure, never an exception.
 */
export const answerValidator = <Body, Input = undefined>(
  { name }: Pick<Endpoint, 'name'>,
  rules: AnswerRules<Body, Input>,
): AnswerValidator<Body, Input> => {
  const title = `${name} answers as expected`
  // Plain values: a function in their place would be called back from Go for each answer.
  const passed = titled(title, true)
  const failed = titled(title, false)
  const rejection = compileExpectation(rules)
  const record = recorder(rules)
  const { read } = rules

  const validate = (answer: Answer, input: Input): Body | undefined => {
    let body: Body | undefined
    try {
      // As jsonOf() does: with many users in turn, each function on the way is a cold one.
      body = read ? read(answer) : (answer.json() as Body)
    } catch {
      // A reader meets answers without a body, too; what it cannot read is a wrong answer.
    }
    const reason = rejection(answer, body, input) ?? record(body as Body, input)
    if (reason === undefined) {
      check(undefined, passed)
      return body
    }
    check(undefined, failed)
    answersRejected.add(1, { reason, name })
    logFirstErrors(`${name} rejected: ${reason}`)
    return undefined
  }
  return validate as AnswerValidator<Body, Input>
}

// k6 takes plain values too, but its types know functions only.
const titled = (title: string, value: boolean): Checkers<undefined> => {
  return { [title]: value } as unknown as Checkers<undefined>
}

/**
 * Feeds the metrics; finds `metric-<name>` when the body has no such number, or is of another shape
 * and the function throws: the answer is wrong then, the script is not.
 */
const recorder = <Body, Input>({ shares = {}, values = {} }: AnswerRules<Body, Input>) => {
  const rates = Object.keys(shares)
  const metrics = rates.map((name) => new Rate(name) as Metric)
  const reads = rates.map((name) => shares[name] as Reader<Body, Input>)
  Object.keys(values).forEach((name) => {
    metrics.push(new Trend(name))
    reads.push(values[name] as Reader<Body, Input>)
  })

  return (body: Body, input: Input): string | undefined => {
    let index = 0
    try {
      for (; index < metrics.length; index++) {
        const found = reads[index]?.(body, input)
        const metric = metrics[index]
        if (typeof found === 'boolean' || Number.isFinite(found)) metric?.add(found as number)
        else if (Array.isArray(found)) found.forEach((each: boolean) => metric?.add(each))
        else return `metric-${metric?.name}`
      }
    } catch {
      return `metric-${metrics[index]?.name}`
    }
    return undefined
  }
}

type Reader<Body, Input> = (body: Body, input: Input) => number | boolean | readonly boolean[]
type Metric = Rate | Trend
