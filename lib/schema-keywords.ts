// Pure: read by k6 and by Node. The keywords of JSON Schema that are about one value, without what is inside of it.
import type { JsonSchema } from './json-schema.ts'
import { formatTest } from './schema-formats.ts'

/** A keyword of a schema, ready to look at values; one of another type is for `type` to refuse. */
export interface Limit {
  keyword: string
  holds: (value: unknown) => boolean
}

type Test<Value> = (value: Value) => boolean

/** The limits of a schema. */
export const limitsOf = (schema: JsonSchema): Limit[] => {
  const tests: Record<string, Test<unknown> | undefined> = {
    type: schema.type && typeTest(schema.type),
    enum: schema.enum && oneOf(schema.enum),
    const: 'const' in schema ? oneOf([schema.const]) : undefined,
    ...numberTests(schema),
    ...stringTests(schema),
    ...arrayTests(schema),
    ...objectTests(schema),
  }
  return Object.entries(tests).flatMap(([keyword, holds]) => (holds ? [{ keyword, holds }] : []))
}

const typeTest = (type: string | readonly string[]): Test<unknown> => {
  if (typeof type !== 'string') {
    const tests = type.map(typeTest)
    return (value) => tests.some((test) => test(value))
  }
  if (type === 'array') return Array.isArray
  if (type === 'integer') return Number.isInteger
  if (type === 'null') return (value) => value === null
  if (type !== 'object') return (value) => typeof value === type
  return (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Values from JSON: the same text is the same value.
const oneOf = (allowed: readonly unknown[]): Test<unknown> => {
  const texts = allowed.map((each) => JSON.stringify(each))
  return (value) => allowed.includes(value) || texts.includes(JSON.stringify(value))
}

const numberTests = (schema: JsonSchema) => {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = schema
  // In OpenAPI 3.0 a boolean says of `minimum` that the value itself is not allowed.
  const lowest = above === true ? minimum : above
  const highest = below === true ? maximum : below
  return {
    minimum: ofNumbers(minimum, (limit) => (value) => value >= limit),
    maximum: ofNumbers(maximum, (limit) => (value) => value <= limit),
    exclusiveMinimum: ofNumbers(lowest, (limit) => (value) => value > limit),
    exclusiveMaximum: ofNumbers(highest, (limit) => (value) => value < limit),
    multipleOf: ofNumbers(multipleOf, (limit) => (value) => {
      return Math.abs(value / limit - Math.round(value / limit)) < 1e-9
    }),
  }
}

const ofNumbers = (limit: unknown, test: (limit: number) => Test<number>) => {
  if (typeof limit !== 'number') return undefined
  const holds = test(limit)
  return (value: unknown): boolean => typeof value !== 'number' || holds(value)
}

const stringTests = ({ minLength, maxLength, pattern, format }: JsonSchema) => {
  const matches = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  return {
    minLength: sizeTest(minLength, lengthOf, (size, limit) => size >= limit),
    maxLength: sizeTest(maxLength, lengthOf, (size, limit) => size <= limit),
    pattern: matches && ((value: unknown) => typeof value !== 'string' || matches.test(value)),
    format: format === undefined ? undefined : formatTest(format),
  }
}

type Size = (value: unknown) => number | undefined

const lengthOf: Size = (value) => (typeof value === 'string' ? value.length : undefined)
const itemsOf: Size = (value) => (Array.isArray(value) ? value.length : undefined)
const propertiesOf: Size = (value) => {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.keys(value).length
    : undefined
}

const sizeTest = (
  limit: number | undefined,
  sizeOf: Size,
  compare: (size: number, limit: number) => boolean,
): Test<unknown> | undefined => {
  if (limit === undefined) return undefined
  return (value) => {
    const size = sizeOf(value)
    return size === undefined || compare(size, limit)
  }
}

const arrayTests = ({ minItems, maxItems, uniqueItems }: JsonSchema) => ({
  minItems: sizeTest(minItems, itemsOf, (size, limit) => size >= limit),
  maxItems: sizeTest(maxItems, itemsOf, (size, limit) => size <= limit),
  uniqueItems: uniqueItems ? isUnique : undefined,
})

const isUnique = (value: unknown): boolean => {
  if (!Array.isArray(value)) return true
  return new Set(value.map((each) => JSON.stringify(each))).size === value.length
}

const objectTests = (schema: JsonSchema) => {
  const { minProperties, maxProperties, additionalProperties, properties = {} } = schema
  return {
    minProperties: sizeTest(minProperties, propertiesOf, (size, limit) => size >= limit),
    maxProperties: sizeTest(maxProperties, propertiesOf, (size, limit) => size <= limit),
    additionalProperties:
      additionalProperties === false
        ? (value: unknown) =>
            propertiesOf(value) === undefined ||
            Object.keys(value as object).every((name) => name in properties)
        : undefined,
  }
}
