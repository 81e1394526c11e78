// Tags of the VU: they are on every sample of the iteration, its requests, checks and own metrics.
import { phaseAt } from './phases.ts'
import { isJudged, JUDGED_IF_NAMED, JUDGED_TAG, JUDGED_YES } from './plan.ts'
import { isStreamed } from './streamed.ts'
import type { UserPlan } from './user-plan.ts'
import type { VuContext } from './vu-context.ts'

/** Each phase is a series of every metric of every endpoint; a stair of thirty stays out of Prometheus. */
const STREAMED_PHASES_MAX = 16

/** Tags an iteration with its operation, its phase and load zone, and whether objectives judge it. */
export const tagIteration = (
  { tags, scenario, zone }: Pick<VuContext, 'tags' | 'scenario' | 'zone'>,
  operation: string,
  phases: UserPlan['phases'],
): void => {
  const phase = phaseAt(phases, (Date.now() - scenario.startTime) / 1_000).name
  setTag(tags, 'operation', operation)
  if (!isStreamed || phases.length <= STREAMED_PHASES_MAX) setTag(tags, 'phase', phase)
  setTag(tags, JUDGED_TAG, isJudged(phase) ? JUDGED_YES : JUDGED_IF_NAMED)
  if (zone !== undefined) setTag(tags, 'region', zone)
}

// k6 forgets a VU's tags while it rests, so they are looked at in each iteration; setting one costs more than that.
const setTag = (tags: VuContext['tags'], name: string, value: string): void => {
  if (tags[name] !== value) tags[name] = value
}
