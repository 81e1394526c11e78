// Pure: read by k6 and by Node. What of the plan each user keeps: few lists, as an object or a list costs a
// user 0.5 KB, and what is in it next to nothing.
import type { RunPlan } from './plan.ts'

/** The plan as a thousand users have it. */
export interface UserPlan extends Pick<
  RunPlan,
  'model' | 'durationSeconds' | 'requestTimeoutSeconds'
> {
  /** The name of a phase and the seconds from the start of the plan to its end, then the next one's. */
  timeline: (string | number)[]
  /** Names of the k6 scenarios, where they say more than how users come. */
  partNames?: string[]
  /** What those names are besides; the one scenario of `load-zones` is of whatever zone runs it. */
  partsAre?: 'operations' | 'regions' | 'load-zones'
}

/** What each user needs of a plan. */
export const userPlanOf = (plan: RunPlan): UserPlan => {
  const { model, durationSeconds, requestTimeoutSeconds, phases, parts } = plan
  const partsAre = kindOf(parts)
  return {
    model,
    durationSeconds,
    requestTimeoutSeconds,
    timeline: phases.flatMap(({ name, endSeconds }) => [name, endSeconds]),
    ...(partsAre && { partsAre, partNames: parts.map(({ name }) => name) }),
  }
}

const kindOf = ([first]: RunPlan['parts']): UserPlan['partsAre'] => {
  if (first?.operation !== undefined) return 'operations'
  if (first?.region !== undefined) return 'regions'
  return first?.regions ? 'load-zones' : undefined
}
