// Pure: read by k6 and by Node. The keywords of JSON Schema that are about one value, without what is inside of it.
import type { JsonSchema } from './json-schema.ts'
import { formatOf, isInRange } from './schema-formats.ts'

/** A keyword and what it allows. */
export interface Limit {
  keyword: string
  allowed: unknown
}

const KEYWORDS = [
  ...['type', 'enum', 'const'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minLength', 'maxLength', 'pattern', 'format'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
] as const

/** The limits of a schema, ready to be compared with values. */
export const limitsOf = (schema: JsonSchema): Limit[] => {
  const limits: Limit[] = KEYWORDS.filter((keyword) => schema[keyword] !== undefined).flatMap(
    (keyword) => limitOf(keyword, schema),
  )
  if (schema.additionalProperties !== false) return limits
  return [
    ...limits,
    { keyword: 'additionalProperties', allowed: Object.keys(schema.properties ?? {}) },
  ]
}

const limitOf = (keyword: (typeof KEYWORDS)[number], schema: JsonSchema): Limit[] => {
  const { exclusiveMinimum, exclusiveMaximum, pattern = '', format = '' } = schema
  const formatted = formatOf(format)
  switch (keyword) {
    case 'pattern':
      return [{ keyword, allowed: new RegExp(pattern, 'u') }]
    case 'format':
      return formatted === undefined ? [] : [{ keyword, allowed: formatted }]
    // In OpenAPI 3.0 it says of `minimum` that the value itself is not allowed.
    case 'exclusiveMinimum':
      return exclusive(keyword, exclusiveMinimum, schema.minimum)
    case 'exclusiveMaximum':
      return exclusive(keyword, exclusiveMaximum, schema.maximum)
    default:
      return [{ keyword, allowed: schema[keyword] }]
  }
}

const exclusive = (keyword: string, limit: unknown, inclusive: unknown): Limit[] => {
  if (typeof limit !== 'boolean') return [{ keyword, allowed: limit }]
  return limit ? [{ keyword, allowed: inclusive }] : []
}

/** Whether a value keeps to a limit; one of another type has no such size: that is for `type` to say. */
export const holds = (limit: Limit, value: unknown): boolean => {
  const { keyword } = limit
  if (keyword === 'type') return hasType(value, limit.allowed as string | string[])
  if (keyword === 'const') return isSame(value, limit.allowed)
  if (keyword === 'enum') return (limit.allowed as unknown[]).some((each) => isSame(each, value))
  if (typeof value === 'number') return numberHolds(limit, value)
  if (typeof value === 'string') return stringHolds(limit, value)
  if (Array.isArray(value)) return arrayHolds(limit, value)
  return typeof value !== 'object' || value === null || objectHolds(limit, value)
}

const hasType = (value: unknown, type: string | string[]): boolean => {
  if (typeof type !== 'string') return type.some((one) => hasType(value, one))
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'null') return value === null
  if (type !== 'object') return typeof value === type
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Values from JSON: the same text is the same value.
const isSame = (a: unknown, b: unknown): boolean => {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}

const numberHolds = ({ keyword, allowed }: Limit, value: number): boolean => {
  const limit = allowed as number
  if (keyword === 'minimum') return value >= limit
  if (keyword === 'maximum') return value <= limit
  if (keyword === 'exclusiveMinimum') return value > limit
  if (keyword === 'exclusiveMaximum') return value < limit
  if (keyword === 'multipleOf') return Math.abs(value / limit - Math.round(value / limit)) < 1e-9
  return keyword !== 'format' || isInRange(allowed, value)
}

const stringHolds = ({ keyword, allowed }: Limit, value: string): boolean => {
  if (keyword === 'minLength') return value.length >= (allowed as number)
  if (keyword === 'maxLength') return value.length <= (allowed as number)
  return !(allowed instanceof RegExp) || allowed.test(value)
}

const arrayHolds = ({ keyword, allowed }: Limit, value: unknown[]): boolean => {
  if (keyword === 'minItems') return value.length >= (allowed as number)
  if (keyword === 'maxItems') return value.length <= (allowed as number)
  if (keyword !== 'uniqueItems' || allowed !== true) return true
  return new Set(value.map((each) => JSON.stringify(each))).size === value.length
}

const objectHolds = ({ keyword, allowed }: Limit, value: object): boolean => {
  const names = Object.keys(value)
  if (keyword === 'minProperties') return names.length >= (allowed as number)
  if (keyword === 'maxProperties') return names.length <= (allowed as number)
  if (keyword !== 'additionalProperties') return true
  return names.every((name) => (allowed as string[]).includes(name))
}
