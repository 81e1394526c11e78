// Pure: read by k6 and by Node. What is wrong in a schema, before a single value is checked.
import { type JsonSchema, lookUp } from './json-schema.ts'
import { unknownNames, unless } from './mistakes.ts'

const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']
const SCHEMAS = ['items', 'not', 'additionalProperties']
const LISTS = ['allOf', 'anyOf', 'oneOf']
const MAPS = ['properties']

// Functions, as only VU 0 asks for mistakes and every VU would keep the lists.
const numberKeywords = (): string[] => [
  ...['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties'],
]

const knownKeywords = (): string[] => [
  ...numberKeywords(),
  ...[...SCHEMAS, ...LISTS, ...MAPS],
  ...['type', 'nullable', 'enum', 'const', 'required', 'pattern', 'format', 'uniqueItems'],
  ...['exclusiveMinimum', 'exclusiveMaximum'],
  // They say nothing of the value.
  ...['title', 'description', 'default', 'example', 'examples', 'deprecated', 'readOnly'],
  ...['writeOnly', 'discriminator', 'xml', 'externalDocs', '$schema', '$id', '$comment', '$anchor'],
  ...['contentEncoding', 'contentMediaType', 'document', '$ref', '$defs', 'definitions'],
]

/** Every mistake of a schema and of what it refers to, by its place. */
export const schemaMistakes = (schema: JsonSchema, where: string): string[] => {
  return mistakesIn(schema, where, { document: schema.document ?? schema, seen: [] })
}

interface Context {
  document: unknown
  /** References that were looked at already. */
  seen: string[]
}

const mistakesIn = (schema: unknown, where: string, context: Context): string[] => {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema))
    return unless(typeof schema === 'boolean', `${where} to be a schema`, schema)
  const given = schema as Record<string, unknown>
  const extensions = Object.keys(given).filter((name) => name.startsWith('x-'))
  return [
    ...unknownNames(given, [...knownKeywords(), ...extensions], where),
    ...ownMistakes(given, where),
    ...rangeMistakes(given, where),
    ...referenceMistakes(given['$ref'], where, context),
    ...SCHEMAS.flatMap((name) =>
      name in given ? mistakesIn(given[name], `${where} ${name}`, context) : [],
    ),
    ...LISTS.flatMap((name) => listMistakes(given[name], `${where} ${name}`, context)),
    ...MAPS.flatMap((name) => mapMistakes(given[name], `${where} ${name}`, context)),
  ]
}

const ownMistakes = (given: Record<string, unknown>, where: string): string[] => {
  const { type, pattern, enum: values, required } = given
  const types = Array.isArray(type) ? type : [type]
  const numbers = numberKeywords().filter((name) => given[name] !== undefined)
  const isType = type === undefined || types.every((each) => TYPES.includes(each as string))
  const isList = (list: unknown): boolean => list === undefined || Array.isArray(list)
  return [
    ...unless(isType, `${where} type to be ${TYPES.join(', ')}`, type),
    ...unless(isList(values), `${where} enum to be a list of values`, values),
    ...unless(isList(required), `${where} required to be a list of names`, required),
    ...unless(isPattern(pattern), `${where} pattern to be a regular expression`, pattern),
    ...numbers.flatMap((name) =>
      unless(Number.isFinite(given[name]), `${where} ${name} to be a number`, given[name]),
    ),
  ]
}

const isPattern = (pattern: unknown): boolean => {
  if (pattern === undefined) return true
  try {
    return typeof pattern === 'string' && new RegExp(pattern, 'u') instanceof RegExp
  } catch {
    return false
  }
}

// No value fits between limits that are the wrong way round.
const rangeMistakes = (given: Record<string, unknown>, where: string): string[] => {
  const pairs = [
    ['minimum', 'maximum'],
    ['minLength', 'maxLength'],
    ['minItems', 'maxItems'],
  ]
  return [...pairs, ['minProperties', 'maxProperties']].flatMap(([low = '', high = '']) => {
    const [least, most] = [given[low], given[high]] as [number | undefined, number | undefined]
    const isRight = least === undefined || most === undefined || !(least > most)
    return unless(isRight, `${where} ${low} to be at most ${high} (${most ?? ''})`, least)
  })
}

const referenceMistakes = ($ref: unknown, where: string, context: Context): string[] => {
  if ($ref === undefined || context.seen.includes($ref as string)) return []
  context.seen.push($ref as string)
  const target = typeof $ref === 'string' ? lookUp($ref, context.document) : undefined
  if (target !== undefined) return mistakesIn(target, $ref as string, context)
  return unless(
    false,
    `${where} $ref to be a place of the same document, such as #/$defs/order`,
    $ref,
  )
}

const listMistakes = (list: unknown, where: string, context: Context): string[] => {
  if (list === undefined) return []
  if (!Array.isArray(list)) return unless(false, `${where} to be a list of schemas`, list)
  return list.flatMap((schema, i) => mistakesIn(schema, `${where}[${i}]`, context))
}

const mapMistakes = (map: unknown, where: string, context: Context): string[] => {
  if (map === undefined) return []
  if (typeof map !== 'object' || map === null)
    return unless(false, `${where} to be schemas by name`, map)
  return Object.entries(map).flatMap(([name, schema]) =>
    mistakesIn(schema, `${where}.${name}`, context),
  )
}
