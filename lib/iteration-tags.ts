// Tags of the VU: they are on every sample of the iteration, its requests, checks and own metrics.
import { isJudged, JUDGED_IF_NAMED, JUDGED_TAG, JUDGED_YES } from './plan.ts'
import type { Place } from './place.ts'
import type { UserPlan } from './user-plan.ts'

/** Baked in by the bundler: whether the samples of this run leave the machine. */
declare const IS_STREAMED: boolean

/** Each is a series of every metric of every endpoint; a stair of thirty says its phases elsewhere only. */
const PHASES_MAX = 16

/**
 * Says in a VU's tags which phase and load zone it is in and whether objectives judge it. They stay until
 * k6 activates the VU anew, so this is called only then and when the phase has ended.
 *
 * @returns Unix time of the end of the phase, in milliseconds
 */
export const tagPhase = (
  { tags, startTimeMs, zone }: Pick<Place, 'tags' | 'startTimeMs' | 'zone'>,
  { timeline }: UserPlan,
  nowMs: number,
): number => {
  const elapsedMs = nowMs - startTimeMs
  let at = 0
  while (at < timeline.length - 2 && elapsedMs >= (timeline[at + 1] as number) * 1_000) at += 2
  const name = timeline[at] as string
  if (!IS_STREAMED || timeline.length <= 2 * PHASES_MAX) tags['phase'] = name
  tags[JUDGED_TAG] = isJudged(name) ? JUDGED_YES : JUDGED_IF_NAMED
  if (zone !== undefined) tags['region'] = zone
  return startTimeMs + (timeline[at + 1] as number) * 1_000
}
