// Checked answers: an answer either is what the workload expects, or is a counted failure.
import { check as k6Check, type Checkers } from 'k6'
import { Rate, Trend } from 'k6/metrics'
import type { Endpoint } from './endpoint.ts'
import { type Expectation, prepareRules, ruleProblem, statusProblem } from './expectation.ts'
import { plainTypes, prepareSchema, schemaProblem } from './json-schema.ts'
import { logFirstErrors } from './first-errors.ts'
import { techniqueLabels } from './stream-labels.ts'
import { answersRejected } from './metrics.ts'
import type { Answer } from './session.ts'

// An import is asked for at each use: 1 to 2 % of the CPU of a request.
const check = k6Check

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
  const { status: expected = 200, durationMsMax, read } = rules
  const title = `${name} answers as expected`
  const passed = { [title]: PASSED } as unknown as Checkers<undefined>
  const schema = rules.schema && prepareSchema(rules.schema)
  const plain = schema ? plainTypes(schema) : []
  const business = prepareRules(rules)
  const needsBody = schema !== undefined || business !== undefined
  const { readers, metrics, label } = countedOf(rules)

  // With many users in turn each function on the way is a cold one, so it is one, and loops by index.
  const validate = (answer: Answer, input: Input): Body | undefined => {
    let body: Body | undefined
    try {
      body = read ? read(answer) : (answer.json() as Body)
    } catch {
      // A reader meets answers without a body, too; what it cannot read is a wrong answer.
    }
    const { status } = answer
    let reason = status === expected ? undefined : statusProblem(expected, status)
    if (reason === undefined) {
      if (body === undefined && needsBody) reason = 'not-json'
      else if (schema) {
        const seen = typeof body === 'object' ? (body as Fields | null) : null
        let i = 0
        while (seen && i < plain.length && typeof seen[plain[i] as string] === plain[i + 1]) i += 2
        if (i === 0 || i < plain.length) reason = schemaProblem(schema, body)
      }
    }
    if (reason === undefined && durationMsMax !== undefined) {
      if (answer.timings.duration > durationMsMax) reason = 'too-slow'
    }
    if (reason === undefined && business) reason = ruleProblem(business, body, input)
    if (reason === undefined) {
      let index = 0
      try {
        label?.(input)
        for (; index < metrics.length; index++) {
          const found = readers[index]?.(body as Body, input)
          const metric = metrics[index]
          // Infinity and NaN less themselves are NaN.
          const isNumber = typeof found === 'number' && found - found === 0
          if (isNumber || typeof found === 'boolean') metric?.add(found)
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
    check(undefined, { [title]: false } as unknown as Checkers<undefined>)
    answersRejected.add(1, { reason, name })
    logFirstErrors(`${name} rejected: ${reason}`)
    return undefined
  }
  return validate as AnswerValidator<Body, Input>
}

interface Counted<Body, Input> {
  readers: Reader<Body, Input>[]
  metrics: Metric[]
  label: ((input: Input) => void) | undefined
}

const countedOf = <Body, Input>(rules: AnswerRules<Body, Input>): Counted<Body, Input> => {
  const { shares, values, technique } = rules
  const readers: Reader<Body, Input>[] = []
  const metrics: Metric[] = []
  const names = Object.keys({ ...shares, ...values })
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    readers[i] = (shares?.[name] ?? values?.[name]) as Reader<Body, Input>
    metrics[i] = shares?.[name] ? new Rate(name) : new Trend(name)
  }
  // A run that does not stream has none of this in its bundle.
  const label =
    typeof IS_STREAMED !== 'undefined' && IS_STREAMED && technique
      ? techniqueLabels(technique, { metrics, rates: Object.keys(shares ?? {}).length })
      : undefined
  return { readers, metrics, label }
}

/**
 * What k6's check() takes as true without a call back from Go: it first asks a value for the name of its
 * constructor, which makes `true` an object, of a prototype that costs each virtual user 3 KB.
 */
const PASSED = { constructor: { name: 'passed' } }

type Fields = Record<string, unknown>
type Reader<Body, Input> = (body: Body, input: Input) => number | boolean | readonly boolean[]
type Metric = Pick<Rate | Trend, 'name' | 'add'>
