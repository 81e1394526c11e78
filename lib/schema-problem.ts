// Pure: read by k6 and by Node. Why a value is not what a schema says.
import type { PreparedSchema } from './json-schema.ts'
import { holds } from './schema-keywords.ts'

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
  const broken = schema.limits.find((limit) => !holds(limit, value))
  if (broken) return { keyword: broken.keyword, path: '' }
  if (typeof value !== 'object' || value === null) return variantProblem(schema, value)
  const inner = Array.isArray(value) ? itemProblem(schema, value) : propertyProblem(schema, value)
  return inner ?? variantProblem(schema, value)
}

const itemProblem = ({ items }: PreparedSchema, values: unknown[]): Problem | undefined => {
  if (!items) return undefined
  for (const value of values) {
    const problem = problemIn(items, value)
    if (problem) return { ...problem, path: joined('[]', problem.path) }
  }
  return undefined
}

const propertyProblem = (
  { properties, others }: PreparedSchema,
  value: object,
): Problem | undefined => {
  const fields = value as Record<string, unknown>
  for (const { name, isRequired, schema } of properties) {
    const field = fields[name]
    if (field === undefined && isRequired) return { keyword: 'required', path: name }
    const problem = field === undefined ? undefined : problemIn(schema, field)
    if (problem) return { ...problem, path: joined(name, problem.path) }
  }
  if (!others) return undefined
  const named = properties.map(({ name }) => name)
  // Without its name: one that the schema does not know may be anything.
  for (const name of Object.keys(fields).filter((each) => !named.includes(each))) {
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
