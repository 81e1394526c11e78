// Pure: read by k6 and by Node. What of the plan each user keeps.
import type { Phase, RunPlan } from './plan.ts'

/** The plan as a thousand users have it. */
export interface UserPlan extends Pick<
  RunPlan,
  'model' | 'iterationsPerUser' | 'durationSeconds' | 'requestTimeoutSeconds' | 'parts'
> {
  phases: Pick<Phase, 'name' | 'endSeconds'>[]
}

/** What each user needs of a plan. */
export const userPlanOf = (plan: RunPlan): UserPlan => {
  const { model, iterationsPerUser, durationSeconds, requestTimeoutSeconds, phases, parts } = plan
  return {
    model,
    ...(iterationsPerUser && { iterationsPerUser }),
    durationSeconds,
    requestTimeoutSeconds,
    phases: phases.map(({ name, endSeconds }) => ({ name, endSeconds })),
    parts,
  }
}
