// A plan as TypeScript that calls lib/plan-builder.ts.
import type { Plan, PlanOperation, PlanRequest, PlanStep } from '../../lib/plan-file/plan-file.ts'

const INDENT = '  '
const WIDTH = 96

/**
 * A module whose default export is that plan.
 *
 * @param builder how the module imports lib/plan-builder.ts
 */
export function planCode(plan: Plan, builder: string): string {
  const calls = Object.entries(plan).flatMap(([field, value]) => callsOf(field, value))
  const lines = [...calls, 'toPlan()'].map((call) => `${INDENT}.${indented(call)}`)
  return `import { plan } from ${literal(builder)}

export default plan(${literal(plan.name)})
${lines.join('\n')}
`
}

function callsOf(field: string, value: unknown): string[] {
  switch (field) {
    case 'name':
      return []
    case 'data':
      return named('data', value)
    case 'profiles':
      return named('profile', value)
    case 'operations':
      return Object.entries(value as NonNullable<Plan['operations']>).map(operationCall)
    case 'objectives':
      return (value as unknown[]).map((each) => `objective(${literal(each)})`)
    case 'load':
      return [loadCall(value as NonNullable<Plan['load']>)]
    default:
      return [`${field}(${literal(value)})`]
  }
}

function named(call: string, values: unknown): string[] {
  return Object.entries(values as object).map(([name, value]) => {
    return `${call}(${literal(name)}, ${literal(value)})`
  })
}

function loadCall({ shape, ...numbers }: NonNullable<Plan['load']>): string {
  if (shape !== 'stagedUsers') return `${shape}(${literal(numbers)})`
  const { stages } = numbers as { stages: unknown[] }
  return `stagedUsers(${stages.map((stage) => `\n${INDENT}${indented(literal(stage))},`).join('')}\n)`
}

function operationCall([name, { weight, steps }]: [string, PlanOperation]): string {
  const calls = [
    ...(weight === undefined ? [] : [`weight(${literal(weight)})`]),
    ...steps.flatMap(stepCalls),
  ]
  const lines = calls.map((call) => `\n${INDENT}${INDENT}.${indented(indented(call))}`)
  return `operation(${literal(name)}, (o) =>\n${INDENT}o${lines.join('')},\n)`
}

/** Requests with these methods have a body as their second value. */
const WITH_BODY = ['POST', 'PUT', 'PATCH']

function stepCalls(step: PlanStep): string[] {
  if ('pause' in step) return [`pause(${literal(step.pause)})`]
  const { request, body, statuses, schema, checks = {}, capture = {}, ...details } = step
  return [
    sendCall({ request, ...(body !== undefined && { body }), ...details }),
    ...(statuses ? [`expect(${statuses.map(literal).join(', ')})`] : []),
    ...(schema ? [`schema(${literal(schema)})`] : []),
    ...Object.entries(checks).map(([name, { at, equals }]) => {
      return `check(${[name, at, equals].map(literal).join(', ')})`
    }),
    ...Object.entries(capture).map(
      ([name, at]) => `capture(${[name, at].map(literal).join(', ')})`,
    ),
  ]
}

function sendCall(step: PlanRequest): string {
  const { request, body, ...details } = step
  const [method = '', path] = request.split(' ')
  const more = Object.keys(details).length > 0 ? [literal(details)] : []
  const shown = body === undefined ? 'undefined' : literal(body)
  const sent = body === undefined && more.length === 0 ? [] : [shown]
  if (WITH_BODY.includes(method)) {
    return `${method.toLowerCase()}(${[literal(path), ...sent, ...more].join(', ')})`
  }
  const isShort = ['GET', 'DELETE'].includes(method) && body === undefined
  return isShort
    ? `${method.toLowerCase()}(${[literal(path), ...more].join(', ')})`
    : `request(${literal(step)})`
}

/** A JSON value as TypeScript; on one line where it fits. */
function literal(value: unknown): string {
  if (typeof value === 'string') return textLiteral(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const parts = Array.isArray(value)
    ? value.map(literal)
    : Object.entries(value).map(([name, each]) => `${keyLiteral(name)}: ${literal(each)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return `${open}${close}`
  const space = open === '{' ? ' ' : ''
  const line = `${open}${space}${parts.join(', ')}${space}${close}`
  if (line.length <= WIDTH && !line.includes('\n')) return line
  return `${open}\n${parts.map((part) => `${INDENT}${indented(part)},`).join('\n')}\n${close}`
}

// JSON's escapes are TypeScript's, too.
function textLiteral(text: string): string {
  const json = JSON.stringify(text)
  return /['\\]/.test(json) ? json : `'${json.slice(1, -1)}'`
}

function keyLiteral(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : textLiteral(name)
}

function indented(text: string): string {
  return text.replaceAll('\n', `\n${INDENT}`)
}
