import { placeIn } from '../core/schema.ts'
import type { Place, Position } from '../data-file/data-file.ts'
import type { Fault, Problem } from '../sla/field-problem.ts'

/** Something wrong with a plan. */
export interface PlanProblem extends Fault {
  at: Place
}

/** A place as one would write it: `operations.buy.steps[0].request`; of the whole, `the plan`. */
export function placeText(at: Place): string {
  const path = at.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
  return path.replace(/^\./, '') || 'the plan'
}

/** A problem of an SLA file's objectives, as one of the plan that has them. */
export function objectiveProblem({ path, ...fault }: Problem): PlanProblem {
  return { at: placeIn(path), ...fault }
}

/** Whether one place is another one, or lies within it. */
export function isWithin(inner: Place, outer: Place): boolean {
  return outer.every((key, index) => inner[index] === key)
}

/** Two lines: where and what is wrong, then the hint. */
export function formatPlanProblem(
  { at, expected, found, hint }: PlanProblem,
  position: Position | undefined,
): string {
  const place = position ? `${position.line}:${position.column} ` : ''
  return `${place}${placeText(at)}: expected ${expected}, got ${found}\n    ${hint}`
}

/** Something that a sound plan could do better: a warning, or a suggestion of some kind. */
export interface Advice {
  kind: 'warning' | 'performance' | 'reliability' | 'resources'
  at: Place
  text: string
  /** What to do, or why. */
  hint: string
}

/** The advice where it applies. */
export function adviseIf(applies: boolean, advice: Advice): Advice[] {
  return applies ? [advice] : []
}
