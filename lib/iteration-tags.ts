// Tags of the VU: they are on every sample of the iteration, its requests, checks and own metrics.
import { zoneRegion } from './env.ts'
import { phaseAt } from './phases.ts'
import { JUDGED_TAG, type RunPlan, UNJUDGED_PHASES } from './plan.ts'

/** Baked in by the bundler: whether the samples of this run leave the machine. */
declare const IS_STREAMED: boolean

/** Each is a series of every metric of every endpoint; a stair of thirty says its phases elsewhere only. */
const PHASES_MAX = 16

/**
 * Says in a VU's tags which phase and region it is in and whether objectives judge it. They stay until
 * k6 activates the VU anew, so this is called only then and when the phase has ended.
 *
 * @returns milliseconds from the start to the end of the phase
 */
export const tagPhase = (
  tags: Record<string, unknown>,
  { phases, parts }: Pick<RunPlan, 'phases' | 'parts'>,
  elapsedMs: number,
): number => {
  const { name, endSeconds } = phaseAt(phases, elapsedMs / 1_000)
  let judged = 'yes'
  for (let i = 0; i < UNJUDGED_PHASES.length; i++) if (UNJUDGED_PHASES[i] === name) judged = 'no'
  if (!IS_STREAMED || phases.length <= PHASES_MAX) tags['phase'] = name
  tags[JUDGED_TAG] = judged
  // Elsewhere the k6 scenario has this tag; a load zone runs the scenario of all regions.
  const region = parts[0]?.regions ? zoneRegion() : undefined
  if (region !== undefined) tags['region'] = region
  return endSeconds * 1_000
}
