// Checked answers: an answer either is what the workload expects, or is a counted failure.
import { check, type Checkers } from 'k6'
import { Rate, Trend } from 'k6/metrics'
import type { Endpoint } from './endpoint.ts'
import { compileExpectation, type Expectation } from './expectation.ts'
import { logFirstErrors } from './first-errors.ts'
import { techniqueLabels } from './stream-labels.ts'
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
  /** The technique that was asked for, one for each of a list of shares: a label of runs that stream. */
  technique?: (input: Input) => string | readonly string[]
}

// Baked in by the bundler; the script of a team that uses this library alone has none.
declare const IS_STREAMED: boolean | undefined

/** Judges one answer; returns its body, or undefined when the answer was rejected. */
export type AnswerValidator<Body, Input> = (
  answer: Answer,
  ...input: Input extends undefined ? [] : [input: Input]
) => Body | undefined

/**
 * Makes the validator of one endpoint; to be called in init code, where metrics are created. Each
 * answer feeds one check, `<endpoint> answers as expected`. A rejected one counts in
 * `answers_rejected`, by reason; an accepted one feeds the metrics. A body that is truncated or no
 * JSON is a counted failure, never an exception; `metric-<name>` is one that has no such number.
 */
export const answerValidator = <Body, Input = undefined>(
  { name }: Pick<Endpoint, 'name'>,
  rules: AnswerRules<Body, Input>,
): AnswerValidator<Body, Input> => {
  const { read, shares, values, technique } = rules
  const title = `${name} answers as expected`
  // A plain value: a function in its place would be called back from Go for each answer.
  const passed = titled(title, true)
  const rejection = compileExpectation(rules)
  const readers: Reader<Body, Input>[] = []
  const metrics: Metric[] = []
  for (const key in { ...shares, ...values }) {
    const reader = shares?.[key] ?? values?.[key]
    readers[metrics.length] = reader as Reader<Body, Input>
    metrics[metrics.length] = shares?.[key] ? new Rate(key) : new Trend(key)
  }
  // A run that does not stream has none of this in its bundle.
  const label =
    typeof IS_STREAMED !== 'undefined' && IS_STREAMED && technique
      ? techniqueLabels(technique, { metrics, rates: Object.keys(shares ?? {}).length })
      : undefined

  // One function, loops by index: with many users in turn each function on the way is a cold one.
  const validate = (answer: Answer, input: Input): Body | undefined => {
    let body: Body | undefined
    try {
      body = read ? read(answer) : (answer.json() as Body)
    } catch {
      // A reader meets answers without a body, too; what it cannot read is a wrong answer.
    }
    let reason = rejection(answer, body, input)
    if (reason === undefined) {
      let index = 0
      try {
        label?.(input)
        for (; index < metrics.length; index++) {
          const found = readers[index]?.(body as Body, input)
          const metric = metrics[index]
          if (typeof found === 'boolean' || Number.isFinite(found)) metric?.add(found as number)
          else if (!Array.isArray(found)) break
          else for (let i = 0; i < found.length; i++) metric?.add(found[i] as boolean)
        }
      } catch {
        // The body is of another shape than the function expects: the answer is wrong.
      }
      if (index === metrics.length) {
        check(undefined, passed)
        return body
      }
      reason = `metric-${metrics[index]?.name}`
    }
    check(undefined, titled(title, false))
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

type Reader<Body, Input> = (body: Body, input: Input) => number | boolean | readonly boolean[]
type Metric = Pick<Rate | Trend, 'name' | 'add'>
