import { JUDGED_TAG, type Phase, UNJUDGED_PHASES } from '../../lib/plan.ts'
import type { Tags } from './measured.ts'
import type { Operator } from '../core/limit.ts'

/** The part of a run that an objective judges: as tags that k6 can select, and in seconds. */
export interface JudgedSpan {
  tags: Tags
  /** Planned. */
  seconds: number
}

/**
 * What `phases` selects in this run.
 *
 * @param wanted phases of the objective; undefined means all judged ones
 * @returns undefined when one k6 selector cannot say it; the span has 0 seconds when there is none
 */
export function judgedSpan(
  wanted: readonly string[] | undefined,
  phases: readonly Phase[],
): JudgedSpan | undefined {
  const judged = judgedPhases(undefined, phases)
  const chosen = judgedPhases(wanted, phases)
  const seconds = phases
    .filter(({ name }) => chosen.includes(name))
    .reduce((sum, { startSeconds, endSeconds }) => sum + endSeconds - startSeconds, 0)

  if (chosen.length === judged.length && chosen.every((name) => judged.includes(name))) {
    return { tags: { [JUDGED_TAG]: 'yes' }, seconds }
  }
  const [only] = chosen
  if (only === undefined) return { tags: {}, seconds: 0 }
  if (chosen.length > 1 || !judged.includes(only)) return undefined
  return { tags: { [JUDGED_TAG]: 'yes', phase: only }, seconds }
}

/** Names of the phases that an objective judges; `wanted` as above. */
export function judgedPhases(
  wanted: readonly string[] | undefined,
  phases: readonly Pick<Phase, 'name'>[],
): string[] {
  return namesOf(phases).filter((name) =>
    wanted ? wanted.includes(name) : !UNJUDGED_PHASES.includes(name),
  )
}

function namesOf(phases: readonly Pick<Phase, 'name'>[]): string[] {
  return [...new Set(phases.map(({ name }) => name))]
}

// A request belongs to the phase in which it began, so the count of a phase is uncertain by what was
// under way at its two ends. Without this, 1000/s offered would miss >= 1000/s by one request.
const EDGE_SECONDS = 0.1

/** What a rate's time may be longer or shorter by, in favour of the target. */
export function edgeSeconds(operator: Operator): number {
  return operator.startsWith('>') ? -EDGE_SECONDS : EDGE_SECONDS
}
