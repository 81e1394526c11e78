import { JUDGED_NEVER, JUDGED_TAG } from '../../../lib/plan.ts'
import { judgedPhases } from '../judged-span.ts'
import type { Objective } from '../objective.ts'
import { tagsOf } from '../measured.ts'
import type { TimedPhase } from '../timeline.ts'
import type { Labels } from './run-series.ts'

/** Which series an objective looks at. */
export interface SeriesSelection {
  matches: (labels: Labels) => boolean
  /** The same as matchers of PromQL, without braces. */
  matchers: string
  /** Judged phases. */
  phases: string[]
  /** Tags that `where` asks for. */
  tagCount: number
}

/**
 * What the virtual users' own tags say of a sample: the phase is that in which its iteration began. So a
 * request near the edge of a phase may count in the one before, other than in the samples, which are cut
 * by the clock.
 */
export function selectSeries(
  { where, phases: wanted }: Objective,
  { timeline, testid }: { timeline: readonly TimedPhase[]; testid: string },
): SeriesSelection {
  const phases = judgedPhases(wanted, timeline)
  const tags = Object.entries(tagsOf(where))
  const isDefault = wanted === undefined
  const isOfPhase = (labels: Labels): boolean =>
    isDefault ? labels[JUDGED_TAG] === 'yes' : phases.includes(labels['phase'] ?? '')
  const phaseMatcher = isDefault
    ? `${JUDGED_TAG}="yes"`
    : `${JUDGED_TAG}!="${JUDGED_NEVER}",phase=~${JSON.stringify(phases.map(escaped).join('|'))}`
  return {
    matches: (labels) =>
      isOfUsers(labels) && isOfPhase(labels) && tags.every(([tag, value]) => labels[tag] === value),
    matchers: [
      `testid=${JSON.stringify(testid)}`,
      phaseMatcher,
      'operation!="auth"',
      ...tags.map(([tag, value]) => `${tag}=${JSON.stringify(value)}`),
    ].join(','),
    phases,
    tagCount: tags.length,
  }
}

/** Log-ins, setup() and teardown() are nobody's service level, and what a script says so of. */
export function isOfUsers(labels: Labels): boolean {
  const isLoad = labels['scenario'] !== undefined && labels['operation'] !== 'auth'
  return isLoad && labels[JUDGED_TAG] !== JUDGED_NEVER
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
