import { type Fault, type Problem, quote } from '../sla/problem.ts'

/** Where something stands in a plan: names of fields and numbers of items, from the top. */
export type Place = readonly (string | number)[]

/** Something wrong with a plan. */
export interface PlanProblem extends Fault {
  at: Place
}

/** Line and column of a file, from 1. */
export interface Position {
  line: number
  column: number
}

/** A place as one would write it: `operations.buy.steps[0].request`; of the whole, `the plan`. */
export function placeText(at: Place): string {
  const path = at.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
  return path.replace(/^\./, '') || 'the plan'
}

/** A problem of an SLA file's objectives, as one of the plan that has them. */
export function objectiveProblem({ path, ...fault }: Problem): PlanProblem {
  const at = path.replaceAll('[', '.').replaceAll(']', '').split('.')
  return { at: at.map((key) => (/^\d+$/.test(key) ? Number(key) : key)), ...fault }
}

/** Whether one place is another one, or lies within it. */
export function isWithin(inner: Place, outer: Place): boolean {
  return outer.every((key, index) => inner[index] === key)
}

/** A problem with the value that stands there. */
export function problemAt(
  at: Place,
  expected: string,
  rest: { value: unknown; hint: string },
): PlanProblem {
  return { at, expected, found: quote(rest.value), hint: rest.hint }
}

/** Two lines: where and what is wrong, then the hint. */
export function formatPlanProblem(
  { at, expected, found, hint }: PlanProblem,
  position: Position | undefined,
): string {
  const place = position ? `${position.line}:${position.column} ` : ''
  return `${place}${placeText(at)}: expected ${expected}, got ${found}\n    ${hint}`
}
