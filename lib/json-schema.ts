// Pure: read by k6 and by Node. The part of JSON Schema that load tests need, compiled once, so that
// it is cheap enough for each answer.

import { firstFound } from './first-found.ts'

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
 * The first problem of a value as `<keyword>-<path>`, e.g. `type-results[].id`, or the keyword alone
 * for the whole value; undefined when there is none. Without the index of an item, because a problem
 * becomes a tag and each of its values a time series.
 */
export type SchemaCheck = (value: unknown) => string | undefined

/** Compiles a schema; `path` is that of the value in its document. */
export const compileSchema = (schema: JsonSchema, path = ''): SchemaCheck => {
  const checks = keywordChecks(schema).map(({ name, holds }): SchemaCheck => {
    const problem = path === '' ? name : `${name}-${path}`
    return (value) => (holds(value) ? undefined : problem)
  })
  if (schema.properties) checks.push(propertiesCheck(schema, path))
  if (schema.items) checks.push(itemsCheck(schema.items, path))
  return firstFound(checks)
}

const propertiesCheck = ({ properties = {}, required }: JsonSchema, path: string): SchemaCheck => {
  const inner = Object.keys(properties).map((name) => {
    const innerPath = path === '' ? name : `${path}.${name}`
    const missing = !required || required.includes(name) ? `required-${innerPath}` : undefined
    const check = compileSchema(properties[name] ?? {}, innerPath)
    return (value: Record<string, unknown>) => {
      const found = value[name]
      return found === undefined ? missing : check(found)
    }
  })
  const first = firstFound(inner)
  return (value) =>
    typeof value === 'object' && value !== null
      ? first(value as Record<string, unknown>)
      : undefined
}

const itemsCheck = (items: JsonSchema, path: string): SchemaCheck => {
  const check = compileSchema(items, `${path}[]`)
  return (value) => {
    if (!Array.isArray(value)) return undefined
    for (const item of value) {
      const problem = check(item)
      if (problem !== undefined) return problem
    }
    return undefined
  }
}

interface Keyword {
  name: string
  holds: (value: unknown) => boolean
}

const keywordChecks = (schema: JsonSchema): Keyword[] => {
  const { type, pattern } = schema
  const keywords: Keyword[] = []
  if (type !== undefined) keywords.push({ name: 'type', holds: typeTest(type) })
  if (schema.enum) {
    keywords.push({ name: 'enum', holds: (value) => schema.enum?.includes(value) === true })
  }
  SIZES.forEach(({ name, size }) => {
    const limit = schema[name]
    if (limit === undefined) return
    // A value of another kind has no such size: that is for `type` to say.
    const isMin = name.startsWith('min')
    keywords.push({
      name,
      holds: (value) => (isMin ? !(size(value) < limit) : !(size(value) > limit)),
    })
  })
  if (pattern !== undefined) {
    const expression = new RegExp(pattern)
    keywords.push({
      name: 'pattern',
      holds: (value) => typeof value !== 'string' || expression.test(value),
    })
  }
  return keywords
}

const number = (value: unknown): number => (typeof value === 'number' ? value : NaN)
const characters = (value: unknown): number => (typeof value === 'string' ? value.length : NaN)
const items = (value: unknown): number => (Array.isArray(value) ? value.length : NaN)

const SIZES = [
  { name: 'minimum', size: number },
  { name: 'maximum', size: number },
  { name: 'minLength', size: characters },
  { name: 'maxLength', size: characters },
  { name: 'minItems', size: items },
  { name: 'maxItems', size: items },
] as const

const typeTest = (type: NonNullable<JsonSchema['type']>): ((value: unknown) => boolean) => {
  if (typeof type !== 'string') {
    const tests = type.map(typeTest)
    return (value) => tests.some((test) => test(value))
  }
  if (type === 'array') return Array.isArray
  if (type === 'integer') return Number.isInteger
  if (type === 'null') return (value) => value === null
  if (type === 'object') {
    return (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
  }
  return (value) => typeof value === type
}
