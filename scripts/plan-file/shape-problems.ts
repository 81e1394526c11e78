// What plans/plan.schema.json refuses, in sentences.
import { Ajv, type ErrorObject } from 'ajv'
import schema from '../../plans/plan.schema.json' with { type: 'json' }
import { expectation, quote } from '../sla/field-problem.ts'
import { nearest } from '../core/nearest.ts'
import type { Place } from '../data-file/data-file.ts'
import { isWithin, type PlanProblem } from './plan-problem.ts'

// The objectives are held against the names of the plan, too, by the reader of SLA files.
const withoutObjectives = {
  ...schema,
  properties: {
    ...schema.properties,
    objectives: { type: 'array', minItems: 1, description: 'A list of at least one objective.' },
  },
}

const validate = new Ajv({
  ...{ allErrors: true, verbose: true, discriminator: true, allowUnionTypes: true },
  strictRequired: false,
}).compile(withoutObjectives)

/** Keywords that only say that others have failed. */
const SUMMARIES = ['if', 'anyOf', 'propertyNames']

/** One problem for each place. */
export function shapeProblems(data: unknown): PlanProblem[] {
  if (validate(data)) return []
  const problems: PlanProblem[] = []
  for (const error of validate.errors ?? []) {
    if (SUMMARIES.includes(error.keyword)) continue
    const problem = choiceProblem(error, data) ?? toProblem(error, data)
    const isKnown = problems.some(({ at }) => isWithin(problem.at, at) && isWithin(at, problem.at))
    if (!isKnown) problems.push(problem)
  }
  return problems
}

interface Choice {
  /** How deep below the top the choice stands. */
  levels: number
  expected: string
  hint: string
}

/** Of a choice of forms one problem is enough, at the field that has the choice. */
const CHOICES: Partial<Record<string, Choice>> = {
  thinkTime: {
    levels: 1,
    expected: 'a time such as "2s", { min, max } or { median, p95 }',
    hint: schema.properties.thinkTime.description,
  },
  data: {
    levels: 2,
    expected: 'rows, or the name of a .json or .csv file',
    hint: schema.properties.data.description,
  },
}

function choiceProblem(error: ErrorObject, data: unknown): PlanProblem | undefined {
  const at = placeOf(error, data)
  const choice = Object.hasOwn(CHOICES, String(at[0])) ? CHOICES[String(at[0])] : undefined
  if (!choice || at.length < choice.levels || error.propertyName !== undefined) return undefined
  const place = at.slice(0, choice.levels)
  const { expected, hint } = choice
  return { at: place, expected, found: quote(valueAt(data, place)), hint }
}

function toProblem(error: ErrorObject, data: unknown): PlanProblem {
  const at = placeOf(error, data)
  const { keyword, params, propertyName } = error
  const { description = '' } = error.parentSchema as { description?: string }
  if (propertyName !== undefined) return nameProblem(at, propertyName, error)
  if (keyword === 'required') return missing(at, error)
  if (keyword === 'additionalProperties') return extra(at, error)
  if (keyword === 'discriminator') return unknownForm(at, params, error.parentSchema)
  return { at, expected: expectation(error), found: quote(error.data), hint: description }
}

function nameProblem(at: Place, name: string, { parentSchema }: ErrorObject): PlanProblem {
  const { pattern = '' } = parentSchema as { pattern?: string }
  return {
    at: [...at, name],
    expected: `a name that matches ${pattern}`,
    found: quote(name),
    hint: 'Letters, digits and hyphens make a name that every report can show.',
  }
}

function missing(at: Place, { params, parentSchema }: ErrorObject): PlanProblem {
  const field = (params as { missingProperty: string }).missingProperty
  const { properties = {} } = parentSchema as {
    properties?: Record<string, { description?: string }>
  }
  return {
    at: [...at, field],
    expected: `the field "${field}"`,
    found: 'nothing',
    hint: properties[field]?.description ?? 'docs/plans.md explains each field.',
  }
}

function extra(at: Place, { params, parentSchema }: ErrorObject): PlanProblem {
  const field = (params as { additionalProperty: string }).additionalProperty
  const known = Object.keys((parentSchema as { properties: object }).properties)
  const guess = nearest(field, known)
  const hint = guess === undefined ? '' : `Did you mean ${quote(guess)}? `
  const names = known.filter((name) => name !== '$schema').join(', ')
  return {
    at: [...at, field],
    expected: 'a known field',
    found: quote(field),
    hint: `${hint}Known: ${names}.`,
  }
}

function unknownForm(at: Place, params: unknown, parentSchema: unknown): PlanProblem {
  const { tag, tagValue } = params as { tag: string; tagValue: unknown }
  const { oneOf } = parentSchema as { oneOf: { properties: Record<string, { const?: string }> }[] }
  const known = oneOf.map(({ properties }) => properties[tag]?.const ?? '')
  const guess = typeof tagValue === 'string' ? nearest(tagValue, known) : undefined
  return {
    at: [...at, tag],
    expected: `one of ${known.join(', ')}`,
    found: quote(tagValue),
    hint: guess === undefined ? 'docs/plans.md explains each.' : `Did you mean ${quote(guess)}?`,
  }
}

// A number is an item where the data has a list: a name may look like one.
function placeOf({ instancePath }: ErrorObject, data: unknown): Place {
  const at: (string | number)[] = []
  for (const key of instancePath.split('/').slice(1)) {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~')
    at.push(Array.isArray(valueAt(data, at)) ? Number(name) : name)
  }
  return at
}

function valueAt(data: unknown, at: Place): unknown {
  return at.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], data)
}
