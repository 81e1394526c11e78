// Pure: read by k6 and by Node. The part of JSON Schema that load tests need, prepared once, so that
// it is cheap enough for each answer: one function walks over one flat list. An object for each value
// would cost every virtual user 1 KB, and be one more that is cold when fifty others had their turn.

type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null'

/** JSON Schema's own words (2020-12); a keyword that is not here is a type error, never ignored. */
export interface JsonSchema {
  type?: TypeName | readonly TypeName[]
  enum?: readonly unknown[]
  /** Every property named here must be there, unless `required` says which ones. */
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
}

/**
 * One list of what is known of a value and, directly after it, of each value inside of it; six places
 * each, as named below.
 */
export type PreparedSchema = unknown[]

/** Where the next value begins that is not inside of this one. */
const NEXT = 0
/** Name of the property; undefined for the items of an array. */
const NAME = 1
const TYPE = 2
/** The keywords that say more of the value itself than its type. */
const LIMITS = 3
const IS_OPTIONAL = 4
/** In the document; empty for the document itself. */
const PATH = 5
const PLACES = 6

type Limits = Omit<JsonSchema, 'pattern'> & { pattern?: string | RegExp }
type Size = 'minimum' | 'maximum' | 'minLength' | 'maxLength' | 'minItems' | 'maxItems'
type Sizes = Record<Size, number>

/** Prepares a schema, once for all values; the list is what stands before it. */
export const prepareSchema = (
  schema: JsonSchema,
  list: PreparedSchema = [],
  { path, name }: { path: string; name?: string } = { path: '' },
): PreparedSchema => {
  const { type, items, properties, required, ...rest } = schema
  const limits: Limits = rest
  if (rest.pattern !== undefined) limits.pattern = new RegExp(rest.pattern)
  const at = list.length
  list[at + PATH] = path
  list[at + NAME] = name
  list[at + TYPE] = type
  list[at + LIMITS] = Object.keys(limits).length > 0 ? limits : undefined
  const names = properties ? Object.keys(properties) : []
  for (let i = 0; i < names.length; i++) {
    const key = names[i] as string
    const place = list.length
    prepareSchema(properties?.[key] ?? {}, list, {
      path: path === '' ? key : `${path}.${key}`,
      name: key,
    })
    list[place + IS_OPTIONAL] = required !== undefined && !required.includes(key)
  }
  if (items) prepareSchema(items, list, { path: `${path}[]` })
  list[at + NEXT] = list.length
  return list
}

/**
 * Names and types, one after the other, of a schema that asks for texts, numbers and booleans and nothing
 * else; empty where it says more. So the commonest bodies can be looked at without a call of a function.
 */
export const plainTypes = (list: PreparedSchema): string[] => {
  const plain: string[] = []
  const type = list[TYPE]
  let isPlain = list[LIMITS] === undefined && (type === undefined || type === 'object')
  for (let at = PLACES; isPlain && at < list.length; at += PLACES) {
    const name = list[at + NAME]
    const inner = list[at + TYPE]
    // A text and a list have a length too, and would pass for an object that has one.
    isPlain = typeof name === 'string' && name !== 'length'
    isPlain &&= list[at + LIMITS] === undefined && !list[at + IS_OPTIONAL]
    isPlain &&= inner === 'string' || inner === 'number' || inner === 'boolean'
    plain[plain.length] = name as string
    plain[plain.length] = inner as string
  }
  return isPlain ? plain : []
}

/**
 * The first problem of a value as `<keyword>-<path>`, e.g. `type-results[].id`, or the keyword alone
 * for the whole value; undefined when there is none. Without the index of an item, because a problem
 * becomes a tag and each of its values a time series.
 */
export const schemaProblem = (list: PreparedSchema, value: unknown, at = 0): string | undefined => {
  const type = list[at + TYPE] as JsonSchema['type']
  // The commonest types first: a call costs more than the comparison.
  const isOther = type !== undefined && (type !== typeof value || type === 'object')
  if (isOther && !hasType(value, type)) return named('type', list[at + PATH])
  const limits = list[at + LIMITS] as Limits | undefined
  const keyword = limits && brokenKeyword(limits as Limits & Sizes, value)
  if (keyword !== undefined) return named(keyword, list[at + PATH])
  if (typeof value !== 'object' || value === null) return undefined
  const end = list[at + NEXT] as number
  for (let inner = at + PLACES; inner < end; inner = list[inner + NEXT] as number) {
    const name = list[inner + NAME] as string | undefined
    if (name === undefined) {
      const items: unknown[] = Array.isArray(value) ? value : []
      for (let i = 0; i < items.length; i++) {
        const problem = schemaProblem(list, items[i], inner)
        if (problem !== undefined) return problem
      }
      continue
    }
    const found = (value as Record<string, unknown>)[name]
    if (found === undefined) {
      if (!list[inner + IS_OPTIONAL]) return named('required', list[inner + PATH])
      continue
    }
    // Most are a text or a number of which no more is said.
    const isPlain = typeof found === list[inner + TYPE] && typeof found !== 'object'
    if (isPlain && list[inner + LIMITS] === undefined) continue
    const problem = schemaProblem(list, found, inner)
    if (problem !== undefined) return problem
  }
  return undefined
}

const named = (keyword: string, path: unknown): string => {
  return path === '' ? keyword : `${keyword}-${path as string}`
}

const hasType = (value: unknown, type: NonNullable<JsonSchema['type']>): boolean => {
  if (typeof type !== 'string') return type.some((one) => hasType(value, one))
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'null') return value === null
  if (type === 'object') {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  }
  return typeof value === type
}

// A value of another kind has no such size: that is for `type` to say. A limit that is not there is neither
// over nor under anything.
const brokenKeyword = (limits: Limits & Sizes, value: unknown): string | undefined => {
  if (limits.enum && !limits.enum.includes(value)) return 'enum'
  if (typeof value === 'number') {
    if (value < limits.minimum) return 'minimum'
    if (value > limits.maximum) return 'maximum'
  }
  if (typeof value === 'string') {
    if (value.length < limits.minLength) return 'minLength'
    if (value.length > limits.maxLength) return 'maxLength'
    if (limits.pattern && !(limits.pattern as RegExp).test(value)) return 'pattern'
  }
  if (Array.isArray(value)) {
    if (value.length < limits.minItems) return 'minItems'
    if (value.length > limits.maxItems) return 'maxItems'
  }
  return undefined
}
