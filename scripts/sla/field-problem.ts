import type { ErrorObject } from 'ajv'
import { count } from '../core/format-measure.ts'
import { jsonPath } from '../core/schema.ts'
import { nearest } from '../core/nearest.ts'

/**
 * What a JSON Schema says of one field of a file that people write: where, what is valid there, and what was meant.
 *
 * @param error of a validator that is `verbose`
 * @param schemaFile whose descriptions become the hints
 */
export function fieldProblem(error: ErrorObject, schemaFile: string): Problem {
  const pointer = error.instancePath.split('/').slice(1)
  if (error.keyword === 'required') {
    const field = (error.params as { missingProperty: string }).missingProperty
    return missing(jsonPath([...pointer, field]), field, schemaFile)
  }
  if (error.keyword === 'additionalProperties') return extra(error, pointer)
  const { description = '' } = error.parentSchema as { description?: string }
  return {
    path: jsonPath(pointer),
    expected: expectation(error),
    found: quote(error.data),
    hint: description,
  }
}

const TYPES: Record<string, string> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
}

/** What is valid where a JSON Schema refuses something. */
export function expectation(error: ErrorObject): string {
  const { keyword, parentSchema, message = '' } = error
  const { limit = 0, type = [] } = error.params as { limit?: number; type?: string | string[] }
  if (keyword === 'type')
    return [type]
      .flat()
      .map((each) => TYPES[each] ?? each)
      .join(', or ')
  if (keyword === 'minItems') return `at least ${count(limit, 'item')}`
  if (keyword === 'minProperties') return `at least ${count(limit, 'field')}`
  const { enum: values = [], examples = [] } = parentSchema as { [key: string]: string[] }
  if (keyword === 'enum') return `one of ${values.map(quote).join(', ')}`
  if (keyword === 'pattern' && examples.length > 0) return `text such as ${quote(examples[0])}`
  return message.replace(/^must (be |NOT )?/, (start) => (start.includes('NOT') ? 'not to ' : ''))
}

function missing(path: string, field: string, schemaFile: string): Problem {
  return {
    path,
    expected: `the field "${field}"`,
    found: 'nothing',
    hint: `${schemaFile} describes every field.`,
  }
}

function extra({ params, parentSchema }: ErrorObject, pointer: string[]): Problem {
  const field = (params as { additionalProperty: string }).additionalProperty
  const known = Object.keys((parentSchema as { properties: object }).properties)
  const guess = nearest(field, known)
  return {
    path: jsonPath([...pointer, field]),
    expected: 'a known field',
    found: quote(field),
    hint: `${guess === undefined ? '' : `Did you mean ${quote(guess)}? `}Known: ${known.join(', ')}.`,
  }
}

/** Something wrong with a value of an SLA file. */
export interface Fault {
  expected: string
  /** The value as it stands in the file. */
  found: string
  /** The next step, as a sentence. */
  hint: string
}

/** A fault and its place, such as `objectives[2].where.endpoint`. */
export interface Problem extends Fault {
  path: string
}

/** A fault in a field of an objective, such as `windows.length`. */
export interface Place extends Fault {
  field: string
}

/** True when reading a value has failed. */
export function isFault(result: object): result is Fault {
  return 'expected' in result
}

/** Two lines: what is wrong and where, then the hint. */
export function formatProblem({ path, expected, found, hint }: Problem): string {
  return `${path}: expected ${expected}, got ${found}\n    ${hint}`
}

/** A value as JSON, cut after 60 characters. */
export function quote(value: unknown): string {
  if (value === undefined) return 'nothing'
  const json = JSON.stringify(value)
  return json.length > 60 ? `${json.slice(0, 60)}…` : json
}

/** @returns a fault when `name` is not among `known`, with the nearest known name as its hint */
export function unknownName(
  what: string,
  name: string,
  known: readonly string[],
): Fault | undefined {
  if (known.includes(name)) return undefined
  const guess = nearest(name, known)
  const list = known.length === 0 ? 'There is none here.' : `Known: ${known.join(', ')}.`
  return {
    expected: `a known ${what}`,
    found: quote(name),
    hint: guess === undefined ? list : `Did you mean ${quote(guess)}? ${list}`,
  }
}
