// Checked answers: an answer either is what the workload expects, or is a counted failure.
/* eslint-disable max-lines-per-function -- With many users in turn each function on the way is a cold one. */
import { check as k6Check, type Checkers } from 'k6'
import { Rate, Trend } from 'k6/metrics'
import type { Endpoint } from './endpoint.ts'
import { ADD, type Expectation, READ, statusProblem, STEP, type Steps } from './expectation.ts'
import { plainTypes, prepareSchema, schemaProblem } from './json-schema.ts'
import { logFirstErrors } from './first-errors.ts'
import { techniqueLabels } from './stream-labels.ts'
import { answersRejected } from './metrics.ts'
import { REDIRECT_REFUSED } from './plan.ts'
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

/** Of a check's name, after its endpoint. */
const AS_EXPECTED = ' answers as expected'

// An import is asked for at each use: 1 to 2 % of the CPU of a request.
const check = k6Check

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
  endpoint: Pick<Endpoint, 'name'>,
  rules: AnswerRules<Body, Input>,
): AnswerValidator<Body, Input> => {
  const { status: expected = 200, durationMsMax, read } = rules
  // Neither parameter is used below: the scope that is kept would keep all of them, with the whole schema.
  const { name } = endpoint
  const passed = { [name + AS_EXPECTED]: PASSED } as unknown as Checkers<undefined>
  const schema = rules.schema && prepareSchema(rules.schema)
  const plain = schema ? plainTypes(schema) : []
  const { steps, label, hasRules } = stepsOf(rules)
  // The first of each list in variables: many have one only, and a list is one more object that is cold.
  const plainEnd = plain.length
  const firstName = plain[0]
  const firstType = plain[1]
  const stepsEnd = steps.length
  const firstRead = steps[READ] as Read<Body, Input>
  const firstAdd = steps[ADD] as Add

  // One function for all of it, and loops by index.
  const validate = (answer: Answer, input: Input): Body | undefined => {
    let body: Body | undefined
    let reason: string | undefined
    try {
      body = read ? read(answer) : (answer.json() as Body)
    } catch {
      // A reader meets answers without a body, too; what it cannot read is a wrong answer.
    }
    const seen = body as Fields | undefined
    let i = 0
    // A body of texts, numbers and booleans needs no call.
    if (answer.status === expected && firstName && seen && typeof seen[firstName] === firstType) {
      i = 2
      while (i < plainEnd && typeof seen[plain[i] as string] === plain[i + 1]) i += 2
    }
    if (i === 0 || i < plainEnd) {
      if (answer.status !== expected) reason = statusProblem(expected, answer.status)
      if (reason === undefined && body === undefined && (schema ?? hasRules)) reason = 'not-json'
      if (reason === undefined && schema) reason = schemaProblem(schema, body)
    }
    if (reason === undefined && durationMsMax !== undefined)
      if (answer.timings.duration > durationMsMax) reason = 'too-slow'
    if (reason === undefined) {
      let at = 0
      try {
        if (typeof IS_STREAMED !== 'undefined' && IS_STREAMED) label?.(input)
        for (let take = firstRead, add = firstAdd; at < stepsEnd;) {
          const found = take(body as Body, input)
          if (!add) {
            if (!found) break
          } else if (typeof found === 'boolean') add(found)
          // Infinity and NaN less themselves are NaN.
          else if (typeof found === 'number' && found - found === 0) add(found)
          else if (!Array.isArray(found)) break
          else for (let i = 0; i < found.length; i++) add(found[i] as boolean)
          at += STEP
          if (at === stepsEnd) break
          take = steps[at + READ] as Read<Body, Input>
          add = steps[at + ADD] as Add
        }
      } catch {
        // The body is of another shape than the function expects: the answer is wrong, the script is not.
      }
      if (at === stepsEnd) {
        check(undefined, passed)
        return body
      }
      reason = steps[at] as string
    }
    reject(name, answer.error === REDIRECT_REFUSED ? REDIRECT_REFUSED : reason)
    return undefined
  }
  return validate as AnswerValidator<Body, Input>
}

const reject = (name: string, reason: string): void => {
  check(undefined, { [name + AS_EXPECTED]: false } as unknown as Checkers<undefined>)
  // Counted and logged where it was refused.
  if (reason === REDIRECT_REFUSED) return
  answersRejected.add(1, { reason, name })
  logFirstErrors(`${name} rejected: ${reason}`)
}

const stepsOf = <Body, Input>(answerRules: AnswerRules<Body, Input>) => {
  const { rules = {}, shares = {}, values, technique } = answerRules
  const steps: Steps = []
  const names = Object.keys(rules)
  const hasRules = names.length > 0
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string
    steps[steps.length] = name
    steps[steps.length] = rules[name]
    steps[steps.length] = undefined
  }
  const counted = Object.keys({ ...shares, ...values })
  const metrics: Metric[] = []
  for (let i = 0; i < counted.length; i++) {
    const name = counted[i] as string
    metrics[i] = shares[name] ? new Rate(name) : new Trend(name)
  }
  // A run that does not stream has none of this in its bundle.
  const label =
    typeof IS_STREAMED !== 'undefined' && IS_STREAMED && technique
      ? techniqueLabels(technique, { metrics, rates: Object.keys(shares).length })
      : undefined
  for (let i = 0; i < counted.length; i++) {
    const { name, add } = metrics[i] as Metric
    steps[steps.length] = `metric-${name}`
    steps[steps.length] = shares[name] ?? values?.[name]
    steps[steps.length] = add
  }
  return { steps, label, hasRules }
}

/**
 * What k6's check() takes as true without a call back from Go: it first asks a value for the name of its
 * constructor, which makes `true` an object, of a prototype that costs each virtual user 3 KB.
 */
const PASSED: { name: string; constructor?: unknown } = { name: 'passed' }
PASSED.constructor = PASSED

type Fields = Record<string, unknown>
type Read<Body, Input> = (body: Body, input: Input) => number | boolean | readonly boolean[]
type Metric = Pick<Rate | Trend, 'name' | 'add'>
type Add = Metric['add'] | undefined
