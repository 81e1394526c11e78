// Tags of the VU: they are on every sample of the iteration, its requests, checks and own metrics.
import { phaseAt } from './phases.ts'
import { isJudged, JUDGED_IF_NAMED, JUDGED_TAG, JUDGED_YES } from './plan.ts'
import { isStreamed } from './bundled-run.ts'
import type { VuContext } from './vu-context.ts'

/** Each phase is a series of every metric of every endpoint; a stair of thirty stays out of Prometheus. */
const STREAMED_PHASES_MAX = 16

/** Tags an iteration with its operation, its phase and load zone, and whether objectives judge it. */
export const tagIteration = (
  vu: Pick<VuContext, 'tags' | 'scenario' | 'zone' | 'startedAtMs' | 'phaseEndMs' | 'plan'>,
  operation: string,
): void => {
  const { tags, zone, startedAtMs } = vu
  // k6 forgets a VU's tags while it rests; else they stay, and setting them costs more than a look.
  if (tags['operation'] === operation && startedAtMs < vu.phaseEndMs) return
  const { startTime } = vu.scenario
  const { phases } = vu.plan
  const { name, endSeconds } = phaseAt(phases, (startedAtMs - startTime) / 1_000)
  vu.phaseEndMs = startTime + endSeconds * 1_000
  tags['operation'] = operation
  tags[JUDGED_TAG] = isJudged(name) ? JUDGED_YES : JUDGED_IF_NAMED
  if (!isStreamed || phases.length <= STREAMED_PHASES_MAX) tags['phase'] = name
  if (zone !== undefined) tags['region'] = zone
}
