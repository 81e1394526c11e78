// Pure: read by k6 and by Node. Why a value is not what a schema says.
import type { PreparedSchema, Property } from './json-schema.ts'
import type { Limit } from './schema-keywords.ts'

interface Problem {
  keyword: string
  path: string
}

/**
 * The first problem of a value as `<keyword>-<path>`, e.g. `type-results[].id`, or the keyword alone
 * for the whole value; undefined when there is none. Without the index of an item, because a problem
 * becomes a tag and each of its values a time series.
 */
export const schemaProblem = (schema: PreparedSchema, value: unknown): string | undefined => {
  const problem = problemIn(schema, value)
  if (!problem) return undefined
  return problem.path === '' ? problem.keyword : `${problem.keyword}-${problem.path}`
}

const problemIn = (schema: PreparedSchema, value: unknown): Problem | undefined => {
  if (value === null && schema.isNullable) return undefined
  const { limits } = schema
  // Loops by index: k6's engine takes five times as long for an iterator, and this is for each value.
  for (let i = 0; i < limits.length; i++) {
    const limit = limits[i] as Limit
    if (!limit.holds(value)) return { keyword: limit.keyword, path: '' }
  }
  if (typeof value === 'object' && value !== null) {
    const inner = Array.isArray(value) ? itemProblem(schema, value) : propertyProblem(schema, value)
    if (inner) return inner
  }
  return schema.hasVariants ? variantProblem(schema, value) : undefined
}

const itemProblem = ({ items }: PreparedSchema, values: unknown[]): Problem | undefined => {
  for (let i = 0; items && i < values.length; i++) {
    const problem = problemIn(items, values[i])
    if (problem) return { ...problem, path: joined('[]', problem.path) }
  }
  return undefined
}

const propertyProblem = (schema: PreparedSchema, value: object): Problem | undefined => {
  const { properties, others } = schema
  const fields = value as Record<string, unknown>
  for (let i = 0; i < properties.length; i++) {
    const property = properties[i] as Property
    const field = fields[property.name]
    if (field === undefined) {
      if (property.isRequired) return { keyword: 'required', path: property.name }
      continue
    }
    const problem = problemIn(property.schema, field)
    if (problem) return { ...problem, path: joined(property.name, problem.path) }
  }
  return others && otherProblem(schema, others, fields)
}

// Without its name: a property that the schema does not name may be anything.
const otherProblem = (
  { properties }: PreparedSchema,
  others: PreparedSchema,
  fields: Record<string, unknown>,
): Problem | undefined => {
  const names = properties.map(({ name }) => name)
  for (const name of Object.keys(fields).filter((each) => !names.includes(each))) {
    const problem = problemIn(others, fields[name])
    if (problem) return { ...problem, path: joined('*', problem.path) }
  }
  return undefined
}

const variantProblem = ({ all, any, one, not }: PreparedSchema, value: unknown) => {
  for (const schema of all) {
    const problem = problemIn(schema, value)
    if (problem) return problem
  }
  const fits = (schema: PreparedSchema): boolean => problemIn(schema, value) === undefined
  if (any.length > 0 && !any.some(fits)) return { keyword: 'anyOf', path: '' }
  if (one.length > 0 && one.filter(fits).length !== 1) return { keyword: 'oneOf', path: '' }
  return not && fits(not) ? { keyword: 'not', path: '' } : undefined
}

// `lines`, `[].id` -> `lines[].id`
const joined = (outer: string, inner: string): string => {
  return inner === '' || inner.startsWith('[') ? outer + inner : `${outer}.${inner}`
}
