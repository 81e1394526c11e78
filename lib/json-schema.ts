// Pure: read by k6 and by Node. The part of JSON Schema that load tests need, prepared once, so that
// it is cheap enough for each answer: two functions walk over plain data. A function for each keyword
// would cost every virtual user 0.7 KB, and a microsecond to call among the objects of fifty others.

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

/** A schema with what is needed to walk over a value. */
export interface PreparedSchema {
  /** Where its value is in the document; empty for the document itself. */
  path: string
  /** Name of the property, where it is one. */
  name: string
  isOptional?: boolean | undefined
  type: JsonSchema['type']
  /** The schema, where it has more to say of the value itself than its type. */
  more: JsonSchema | undefined
  pattern: RegExp | undefined
  properties?: PreparedSchema[]
  items: PreparedSchema | undefined
}

/** Prepares a schema, once for all values; `path` is that of the value in its document. */
export const prepareSchema = (schema: JsonSchema, path = '', name = ''): PreparedSchema => {
  const { type, pattern, items, properties, required, ...others } = schema
  const saysMore = pattern !== undefined || Object.keys(others).length > 0
  const prepared: PreparedSchema = {
    path,
    name,
    type,
    more: saysMore ? schema : undefined,
    pattern: pattern === undefined ? undefined : new RegExp(pattern),
    items: items && prepareSchema(items, `${path}[]`),
  }
  for (const key in properties) {
    const property = prepareSchema(properties[key] ?? {}, path === '' ? key : `${path}.${key}`, key)
    property.isOptional = required && !required.includes(key)
    prepared.properties ??= []
    prepared.properties[prepared.properties.length] = property
  }
  return prepared
}

/**
 * The first problem of a value as `<keyword>-<path>`, e.g. `type-results[].id`, or the keyword alone
 * for the whole value; undefined when there is none. Without the index of an item, because a problem
 * becomes a tag and each of its values a time series.
 */
export const schemaProblem = (schema: PreparedSchema, value: unknown): string | undefined => {
  const { type, more, properties, items } = schema
  // The commonest types first: a call costs more than the comparison.
  const isOther = type !== undefined && (type !== typeof value || type === 'object')
  if (isOther && !hasType(value, type)) return named('type', schema)
  const keyword = more && brokenKeyword(schema, more, value)
  if (keyword !== undefined) return named(keyword, schema)
  if (typeof value !== 'object' || value === null) return undefined
  for (let i = 0; properties && i < properties.length; i++) {
    const property = properties[i] as PreparedSchema
    const found = (value as Record<string, unknown>)[property.name]
    if (found === undefined) {
      if (!property.isOptional) return named('required', property)
    } else {
      const problem = schemaProblem(property, found)
      if (problem !== undefined) return problem
    }
  }
  if (!items || !Array.isArray(value)) return undefined
  for (let i = 0; i < value.length; i++) {
    const problem = schemaProblem(items, value[i])
    if (problem !== undefined) return problem
  }
  return undefined
}

const named = (keyword: string, { path }: PreparedSchema): string => {
  return path === '' ? keyword : `${keyword}-${path}`
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

// A value of another kind has no such size: that is for `type` to say.
const brokenKeyword = (
  { pattern }: PreparedSchema,
  schema: JsonSchema,
  value: unknown,
): string | undefined => {
  if (schema.enum && !schema.enum.includes(value)) return 'enum'
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) return 'minimum'
    if (value > (schema.maximum ?? Infinity)) return 'maximum'
  }
  if (typeof value === 'string') {
    if (value.length < (schema.minLength ?? 0)) return 'minLength'
    if (value.length > (schema.maxLength ?? Infinity)) return 'maxLength'
    if (pattern && !pattern.test(value)) return 'pattern'
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return 'minItems'
    if (value.length > (schema.maxItems ?? Infinity)) return 'maxItems'
  }
  return undefined
}
