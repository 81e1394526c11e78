import type { JsonSchema } from '../../lib/json-schema.ts'
import type { Plan, PlanRequest, PlanStep } from '../../lib/plan-file/plan-file.ts'
import { schemaMistakes } from '../../lib/schema-mistakes.ts'
import { quote, unknownName } from '../sla/field-problem.ts'
import type { Place } from '../data-file/data-file.ts'
import { placeholder, placeholdersOf } from '../../lib/plan-file/template.ts'
import { nearest } from '../core/nearest.ts'
import type { PlanProblem } from './plan-problem.ts'

/** What is wrong with the steps of operations beyond their shape. */
export function checkOperations(
  operations: NonNullable<Plan['operations']>,
  rows: KnownNames['rows'],
  isSound: (at: Place) => boolean,
): PlanProblem[] {
  const routes = new Map<string, PlanRequest>()
  return Object.entries(operations).flatMap(([name, operation]) => {
    // A mistake in one step does not keep the others from being checked.
    const { steps } = (operation as Partial<typeof operation> | null) ?? {}
    if (!Array.isArray(steps)) return []
    let captured: string[] = []
    return steps.flatMap((step, index) => {
      const place = ['operations', name, 'steps', index]
      if (!isReadable(step, place, isSound)) return []
      const problems = [
        ...checkRequest(soundParts(step, place, isSound), place, { rows, captured }),
        ...checkRoute(step, place, routes),
      ]
      captured = [...captured, ...Object.keys(step.capture ?? {})]
      return problems
    })
  })
}

function isReadable(
  step: PlanStep | null,
  at: Place,
  isSound: (at: Place) => boolean,
): step is PlanRequest {
  return (
    typeof step === 'object' && step !== null && 'request' in step && isSound([...at, 'request'])
  )
}

function soundParts(step: PlanRequest, at: Place, isSound: (at: Place) => boolean): PlanRequest {
  const parts = Object.entries(step).filter(([field]) => isSound([...at, field]))
  return Object.fromEntries(parts) as unknown as PlanRequest
}

/** Endpoint of a request, as reports name it. */
export function endpointName({ request, label }: PlanRequest): string {
  return label === undefined ? request : `${request} ${label}`
}

function checkRequest(step: PlanRequest, at: Place, known: KnownNames): PlanProblem[] {
  const { params, query, headers, body, checks = {}, capture = {}, schema } = step
  // A check sees what its own response has given.
  const answered = { ...known, captured: [...known.captured, ...Object.keys(capture)] }
  return [
    ...checkParams(step, at),
    ...Object.entries({ params, query, headers }).flatMap(([field, values = {}]) =>
      Object.entries(values).flatMap(([name, value]) => [
        ...checkPlaceholders(value, [...at, field, name], known),
        ...(field === 'headers'
          ? []
          : plainProblems(value, [...at, field, name], field === 'query')),
      ]),
    ),
    ...checkPlaceholders(body, [...at, 'body'], known),
    ...Object.entries(checks).flatMap(([name, { equals }]) =>
      checkPlaceholders(equals, [...at, 'checks', name, 'equals'], answered),
    ),
    ...(schema === undefined ? [] : checkSchema(schema, [...at, 'schema'])),
  ]
}

function checkParams({ request, params = {} }: PlanRequest, at: Place): PlanProblem[] {
  const wanted = [...request.matchAll(/\/:(\w+)/g)].map(([, name = '']) => name)
  const lacking = wanted.filter((name) => !Object.hasOwn(params, name))
  const idle = Object.keys(params).filter((name) => !wanted.includes(name))
  return [
    ...lacking.map((name) => ({
      at: [...at, 'params', name],
      expected: `a value for ":${name}" of "${request}"`,
      found: 'nothing',
      hint: 'It may be a placeholder, such as "${captured.id}".',
    })),
    ...idle.map((name) => ({
      at: [...at, 'params', name],
      expected: `a parameter of "${request}"`,
      found: quote(name),
      hint:
        wanted.length === 0
          ? 'The path has none: it would be "/:name".'
          : `Known: ${wanted.join(', ')}.`,
    })),
  ]
}

// Paths and queries hold only plain values.
function plainProblems(value: unknown, at: Place, mayBeList: boolean): PlanProblem[] {
  const values = mayBeList && Array.isArray(value) ? value : [value]
  if (values.every((each) => typeof each !== 'object')) return []
  return [
    {
      at,
      expected: mayBeList
        ? 'a text, a number, true, false, or a list of these'
        : 'a text, a number, true or false',
      found: quote(value),
      hint: 'An object or a list belongs in the body.',
    },
  ]
}

function checkSchema(schema: NonNullable<PlanRequest['schema']>, at: Place): PlanProblem[] {
  return schemaMistakes(schema as JsonSchema, 'schema').map((mistake) => ({
    at,
    expected: 'a JSON Schema that can be checked',
    found: 'one that cannot',
    hint: `${mistake}.`,
  }))
}

function checkRoute(step: PlanRequest, at: Place, routes: Map<string, PlanRequest>): PlanProblem[] {
  const name = endpointName(step)
  const first = routes.get(name) ?? step
  routes.set(name, first)
  return (['statuses', 'redirects'] as const)
    .filter((field) => String(first[field]) !== String(step[field]))
    .map((field) => ({
      at: [...at, field],
      expected: `what an earlier step says of "${name}" (${quote(first[field])})`,
      found: quote(step[field]),
      hint: 'They are one endpoint in every report: give one of them a label.',
    }))
}

/** What placeholders may name at some place of a plan. */
export interface KnownNames {
  /** Rows by the name of their list. */
  rows: Record<string, readonly unknown[]>
  /** What earlier steps of the operation have captured. */
  captured: readonly string[]
}

const FORMS = 'user, user(4), iteration, uuid, random(1, 6), data.<list>.<field>, captured.<name>'

/** Placeholders of a value that mean nothing there. */
export function checkPlaceholders(value: unknown, at: Place, known: KnownNames): PlanProblem[] {
  return [...new Set(placeholdersOf(value))].flatMap((name) => {
    const fault = faultOf(name, known)
    return fault ? [{ at, ...fault }] : []
  })
}

function faultOf(name: string, known: KnownNames) {
  const [source, key = '', ...path] = name.split('.')
  if (source === 'captured') return unknownName('captured value', key, known.captured)
  if (source === 'data') return dataFault(key, path, known.rows)
  if (placeholder(name)) return undefined
  const guess = nearest(name, ['user', 'iteration', 'uuid', 'random(1, 6)', 'captured', 'data'])
  return {
    expected: 'a known placeholder',
    found: quote(`\${${name}}`),
    hint: `${guess === undefined ? '' : `Did you mean "\${${guess}}"? `}Known: ${FORMS}; "$\${…}" is sent as "\${…}".`,
  }
}

function dataFault(list: string, [field]: readonly string[], rows: KnownNames['rows']) {
  const unknown = unknownName('list of "data"', list, Object.keys(rows))
  if (unknown || field === undefined) return unknown
  const fields = (rows[list] ?? []).map((row) =>
    typeof row === 'object' && row !== null ? Object.keys(row) : [],
  )
  const lacking = fields.find((names) => !names.includes(field))
  return lacking && unknownName(`field of each row of "${list}"`, field, lacking)
}
