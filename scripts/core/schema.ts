// Words of JSON Schema for the files that the toolkit writes and reads again.

type Schema = Readonly<Record<string, unknown>>

export const TEXT = { type: 'string' }

export const FLAG = { type: 'boolean' }

export const NUMBER = { type: 'number' }

/** JSON has no NaN and no Infinity: they are written as null. */
export const FIGURE = { type: ['number', 'null'] }

/** A count or a length; more than any run has. */
export const AMOUNT = { type: 'number', minimum: 0, maximum: 1e15 }

/** Milliseconds since 1970 that a Date can hold. */
export const MOMENT_MS = { type: 'number', minimum: 0, maximum: 8.64e15 }

/** As `toISOString()` writes it. */
export const MOMENT = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$',
  format: 'moment',
  description: 'a time such as 2026-11-21T08:46:04.000Z',
}

const WORD = '[\\p{L}\\p{N}_][\\p{L}\\p{N}_.:@+ -]*'

/** What names a run, a scenario or an instance: it is printed, and paths are made of it. */
export const NAME = {
  type: 'string',
  pattern: `^${WORD}(/${WORD})*$`,
  maxLength: 200,
  description: 'a name of letters, digits, spaces and _.:@+-',
}

export function one(...values: readonly unknown[]): Schema {
  return { enum: values }
}

export function list(items: Schema): Schema {
  return { type: 'array', items }
}

/** Any keys, each with such a value. */
export function record(values: Schema): Schema {
  return { type: 'object', additionalProperties: values }
}

/** What must be there and what may; further keys are let be, since a later version may write them. */
export function object(
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  return {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
  }
}

/** The same, with what says of which kind and format a file is: looked at before all else. */
export function marked(marks: Readonly<Record<string, unknown>>, rest: Schema): Schema {
  const each = Object.entries(marks).map(([key, value]) => object({ [key]: { const: value } }))
  return { allOf: [...each, rest] }
}

/** A JSON pointer as one would write it: `/objectives/0/where` is `objectives[0].where`; of the whole, `the file`. */
export function jsonPath(pointer: readonly string[]): string {
  const path = pointer.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${unescape(key)}`)).join('')
  return path.replace(/^\./, '') || 'the file'
}

function unescape(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The other way: `objectives[0].where` is `['objectives', 0, 'where']`. */
export function placeIn(path: string): (string | number)[] {
  const keys = path.replaceAll('[', '.').replaceAll(']', '').split('.')
  return keys.filter((key) => key !== '').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}
