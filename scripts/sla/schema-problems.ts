import { Ajv, type ErrorObject } from 'ajv'
import { jsonPath } from '../core/schema.ts'
import { isNamed, NAMES_ALONE, NAMES_WITH_VALUE, recordOf } from '../indicators/indicators.ts'
import type { IndicatorRecord } from '../indicators/indicator-record.ts'
import { fieldProblem, type Problem, quote } from './field-problem.ts'
import { nearest } from '../core/nearest.ts'

import schema from '../../thresholds/schema.json' with { type: 'json' }

const validate = new Ajv({ allErrors: true, verbose: true }).compile(schema)

const INDICATORS =
  `${NAMES_ALONE.map((name) => `"${name}"`).join(', ')} or an object with one of the keys ` +
  NAMES_WITH_VALUE.join(', ')

/** Everything in the file that thresholds/schema.json refuses; limits are left to `parse-limit.ts`. */
export function schemaProblems(data: unknown): Problem[] {
  if (validate(data)) return []
  const problems = new Map<string, Problem>()
  for (const error of validate.errors ?? []) {
    const problem = toProblem(error, data)
    // A choice of forms reports one error for each form: one problem for each place is enough.
    if (problem && !problems.has(problem.path)) problems.set(problem.path, problem)
  }
  return [...problems.values()]
}

function toProblem(error: ErrorObject, data: unknown): Problem | undefined {
  const pointer = error.instancePath.split('/').slice(1)
  const last = pointer.at(-1)
  if (last === 'limit' || last === 'violating') return undefined
  const indicator = pointer.indexOf('indicator')
  if (indicator === 2) return indicatorProblem(pointer.slice(0, 3), data)

  return fieldProblem(error, 'thresholds/schema.json')
}

function indicatorProblem(pointer: string[], data: unknown): Problem {
  const value = pointer.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], data)
  return {
    path: jsonPath(pointer),
    expected: INDICATORS,
    found: quote(value),
    hint: indicatorHint(value),
  }
}

function indicatorHint(value: unknown): string {
  if (typeof value === 'string') {
    const guess = nearest(value, NAMES_ALONE)
    if (guess !== undefined) return `Did you mean ${quote(guess)}?`
  }
  const named = NAMES_WITH_VALUE.find((name) => isObject(value) && isNamed(value, name))
  const fields = named && fieldsHint(recordOf({ kind: named }).schema)
  if (fields !== undefined) return fields
  return 'For instance { "latency": "p95" }, { "drift": "latency.p95" } or { "apdex": "200ms" }.'
}

// Of an indicator with several fields: which there are, and what they may be.
function fieldsHint(schema: IndicatorRecord['schema']): string | undefined {
  if (typeof schema === 'string' || !('fields' in schema)) return undefined
  const known = Object.entries(schema.fields).map(([field, rule]) => {
    const values = 'enum' in rule ? ` (${(rule.enum as string[]).join(', ')})` : ''
    return `"${field}"${values}`
  })
  const needed = schema.required.map((field) => `"${field}"`).join(' and ')
  return `It needs ${needed}, and its fields are ${known.join(', ')}.`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Strings, signs and ends of lines of JSON; numbers, `true`, `false` and `null` say nothing of fields. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],\n]/g

/** An object or a list that is open while the text is read. */
interface Open {
  path: string
  /** Lines of each field of an object; a list has its items counted. */
  fields: Map<string, number[]> | undefined
  items: number
  /** The next text is the name of a field. */
  expectsName: boolean
  name: string
}

/**
 * Fields that stand twice in one object, with their lines: `JSON.parse` takes the last one and says nothing.
 *
 * @param text that `JSON.parse` has accepted
 */
export function repeatedFields(text: string): Problem[] {
  const problems: Problem[] = []
  const open: Open[] = []
  let line = 1
  // Without recursion, however deep they are nested.
  for (const [token] of text.matchAll(TOKENS)) {
    const inner = open.at(-1)
    if (token === '\n') line += 1
    else if (token === '{' || token === '[') open.push(opened(token === '{', inner))
    else if (token === '}' || token === ']') {
      open.pop()
      if (inner) problems.push(...repeated(inner))
    } else if (token === ',' && inner) {
      inner.expectsName = inner.fields !== undefined
      inner.items += 1
    } else if (token.startsWith('"') && inner?.expectsName) {
      const name = JSON.parse(token) as string
      inner.name = name
      inner.expectsName = false
      inner.fields?.set(name, [...(inner.fields.get(name) ?? []), line])
    }
  }
  return problems
}

function opened(isObject: boolean, outer: Open | undefined): Open {
  const path = outer ? placeIn(outer) : ''
  const fields = isObject ? new Map<string, number[]>() : undefined
  return { path, fields, items: 0, expectsName: isObject, name: '' }
}

function placeIn({ path, fields, items, name }: Open): string {
  if (!fields) return `${path}[${items}]`
  return path === '' ? name : `${path}.${name}`
}

function repeated(object: Open): Problem[] {
  return [...(object.fields ?? [])].flatMap(([name, lines]) => {
    if (lines.length === 1) return []
    return {
      path: placeIn({ ...object, name }),
      expected: 'one field of this name',
      found: `${quote(name)} on the lines ${lines.join(', ')}`,
      hint: 'Only the last one would count: remove the others.',
    }
  })
}
