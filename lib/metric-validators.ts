// Checked answers: an answer either is what the workload expects, or is a counted failure.
import { check, type Checkers } from 'k6'
import { Rate, Trend } from 'k6/metrics'
import type { Endpoint } from './endpoint.ts'
import { compileExpectation, type Expectation } from './expectation.ts'
import { type Finder, firstFound } from './first-found.ts'
import { logFirstErrors } from './first-errors.ts'
import { answersRejected } from './metrics.ts'
import { type Answer, jsonOf } from './session.ts'

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
  const read = rules.read ?? jsonOf

  const validate = (answer: Answer, input: Input): Body | undefined => {
    const body = safely(read, answer)
    const reason = rejection(answer, body, input) ?? record(body as Body, input)
    check(undefined, reason === undefined ? passed : failed)
    if (reason === undefined) return body as Body
    answersRejected.add(1, { reason, name })
    logFirstErrors(`${name} rejected: ${reason}`)
    return undefined
  }
  return validate as AnswerValidator<Body, Input>
}

// A reader meets answers without a body, too; what it cannot read is a wrong answer.
const safely = (read: (answer: Answer) => unknown, answer: Answer): unknown => {
  try {
    return read(answer)
  } catch {
    return undefined
  }
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
  const rates = Object.keys(shares).map((name) => {
    const metric = new Rate(name)
    return recordSafely(name, (body: Body, input: Input) => {
      const found = shares[name]?.(body, input) ?? []
      if (typeof found === 'boolean') metric.add(found)
      else found.forEach((each) => metric.add(each))
      return true
    })
  })
  const trends = Object.keys(values).map((name) => {
    const metric = new Trend(name)
    return recordSafely(name, (body: Body, input: Input) => {
      const value = values[name]?.(body, input) ?? NaN
      if (!Number.isFinite(value)) return false
      metric.add(value)
      return true
    })
  })
  return firstFound(rates.concat(trends))
}

const recordSafely = <Body, Input>(
  name: string,
  record: (body: Body, input: Input) => boolean,
): Finder<[Body, Input], string> => {
  const reason = `metric-${name}`
  return (body, input) => {
    try {
      return record(body, input) ? undefined : reason
    } catch {
      return reason
    }
  }
}
