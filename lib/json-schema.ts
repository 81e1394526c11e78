// Pure: read by k6 and by Node. The part of JSON Schema that load tests need, cheap enough for each
// answer.

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

/** A keyword and the path where a value breaks it; the path is empty for the whole body. */
export interface SchemaProblem {
  keyword: string
  path: string
}

/** The first problem of a value, in the order of the schema; undefined when there is none. */
export function schemaProblem(
  value: unknown,
  schema: JsonSchema,
  path = '',
): SchemaProblem | undefined {
  const keyword = brokenKeyword(value, schema)
  if (keyword !== undefined) return { keyword, path }
  if (schema.properties && isObject(value)) return propertyProblem(value, schema, path)
  if (schema.items && Array.isArray(value)) {
    for (const item of value) {
      // Not the index: a reason is a tag, and every index would be a time series of its own.
      const problem = schemaProblem(item, schema.items, `${path}[]`)
      if (problem) return problem
    }
  }
  return undefined
}

function propertyProblem(
  value: Record<string, unknown>,
  { properties = {}, required }: JsonSchema,
  path: string,
): SchemaProblem | undefined {
  for (const name in properties) {
    const inner = path === '' ? name : `${path}.${name}`
    if (value[name] === undefined) {
      if (!required || required.includes(name)) return { keyword: 'required', path: inner }
      continue
    }
    const problem = schemaProblem(value[name], properties[name] ?? {}, inner)
    if (problem) return problem
  }
  return undefined
}

function brokenKeyword(value: unknown, schema: JsonSchema): string | undefined {
  if (schema.type !== undefined && !hasType(value, schema.type)) return 'type'
  if (schema.enum && !schema.enum.includes(value)) return 'enum'
  if (typeof value === 'string') return brokenTextRule(value, schema)
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) return 'minimum'
    if (value > (schema.maximum ?? Infinity)) return 'maximum'
  }
  if (Array.isArray(value)) {
    if (value.length < (schema.minItems ?? 0)) return 'minItems'
    if (value.length > (schema.maxItems ?? Infinity)) return 'maxItems'
  }
  return undefined
}

function brokenTextRule(value: string, schema: JsonSchema): string | undefined {
  if (value.length < (schema.minLength ?? 0)) return 'minLength'
  if (value.length > (schema.maxLength ?? Infinity)) return 'maxLength'
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) return 'pattern'
  return undefined
}

function hasType(value: unknown, type: NonNullable<JsonSchema['type']>): boolean {
  if (typeof type !== 'string') return type.some((each) => hasType(value, each))
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
