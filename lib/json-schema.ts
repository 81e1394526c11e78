// Pure: read by k6 and by Node. Checks values against JSON Schema as OpenAPI documents write it.
import { type Limit, limitsOf } from './schema-keywords.ts'

type TypeName = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null'

/** The words of JSON Schema (2020-12) and OpenAPI 3 that are checked; any other is named as a mistake. */
export interface JsonSchema {
  type?: TypeName | readonly TypeName[]
  nullable?: boolean
  enum?: readonly unknown[]
  const?: unknown
  /** Every property named here must be there, unless `required` says which ones. */
  properties?: Readonly<Record<string, JsonSchema>>
  required?: readonly string[]
  additionalProperties?: boolean | JsonSchema
  minProperties?: number
  maxProperties?: number
  items?: JsonSchema
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minLength?: number
  maxLength?: number
  pattern?: string
  format?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number | boolean
  exclusiveMaximum?: number | boolean
  multipleOf?: number
  allOf?: readonly JsonSchema[]
  anyOf?: readonly JsonSchema[]
  oneOf?: readonly JsonSchema[]
  not?: JsonSchema
  /** A place within the same document: `#/$defs/order`. */
  $ref?: string
  $defs?: Readonly<Record<string, JsonSchema>>
  /** The OpenAPI document that `$ref` is looked up in; see openApiSchema(). */
  document?: unknown
}

/**
 * A schema of an OpenAPI document, such as `#/components/schemas/Order`. Properties are required there where
 * `required` names them, and nowhere else.
 */
export const openApiSchema = (document: unknown, $ref: string): JsonSchema => ({ $ref, document })

/** A schema that is ready to check values: its references are looked up, its patterns compiled. */
export interface PreparedSchema {
  isNullable: boolean
  limits: Limit[]
  properties: Property[]
  items: PreparedSchema | undefined
  /** Of properties that have no schema of their own. */
  others: PreparedSchema | undefined
  /** `allOf`, and what `$ref` stands for. */
  all: PreparedSchema[]
  any: PreparedSchema[]
  one: PreparedSchema[]
  not: PreparedSchema | undefined
  /** Whether one of the last four says something. */
  hasVariants: boolean
}

export interface Property {
  name: string
  isRequired: boolean
  schema: PreparedSchema
}

interface Context {
  document: unknown
  /** Whether properties are required unless the schema says which ones. */
  requiresAll: boolean
  /** Schemas by their reference, so that one may hold itself. */
  known: Record<string, PreparedSchema>
}

/** Prepares a schema, once for all values. */
export const prepareSchema = (schema: JsonSchema): PreparedSchema => {
  const { document } = schema
  const requiresAll = document === undefined
  return prepare(schema, { document: document ?? schema, requiresAll, known: {} })
}

const prepare = (schema: JsonSchema, context: Context): PreparedSchema => {
  const { allOf = [], anyOf = [], oneOf = [], $ref, items, not, additionalProperties } = schema
  const ofEach = (schemas: readonly JsonSchema[]) => schemas.map((each) => prepare(each, context))
  const of = (other: JsonSchema | boolean | undefined) =>
    typeof other === 'object' ? prepare(other, context) : undefined
  return {
    isNullable: schema.nullable === true,
    limits: limitsOf(schema),
    properties: propertiesOf(schema, context),
    items: of(items),
    others: of(additionalProperties),
    all: [...($ref === undefined ? [] : [prepareReference($ref, context)]), ...ofEach(allOf)],
    any: ofEach(anyOf),
    one: ofEach(oneOf),
    not: of(not),
    hasVariants: ($ref ?? allOf[0] ?? anyOf[0] ?? oneOf[0] ?? not) !== undefined,
  }
}

const propertiesOf = (schema: JsonSchema, context: Context): Property[] => {
  const { properties = {} } = schema
  const required = schema.required ?? (context.requiresAll ? Object.keys(properties) : [])
  const unnamed = required.filter((name) => !(name in properties))
  return [...Object.keys(properties), ...unnamed].map((name) => ({
    name,
    isRequired: required.includes(name),
    schema: prepare(properties[name] ?? {}, context),
  }))
}

const prepareReference = ($ref: string, context: Context): PreparedSchema => {
  const known = context.known[$ref]
  if (known) return known
  // Known before it is complete: a tree's node has nodes.
  const reference = (context.known[$ref] = prepare({}, context))
  return Object.assign(reference, prepare(lookUp($ref, context.document) as JsonSchema, context))
}

/** What stands at a place of a document (a JSON Pointer, RFC 6901); undefined where there is nothing. */
export const lookUp = ($ref: string, document: unknown): unknown => {
  const [root, ...steps] = $ref.split('/')
  if (root !== '#') return undefined
  return steps.reduce<unknown>((value, step) => {
    const name = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)[name]
      : undefined
  }, document)
}
