// Pure. Loads that count their iterations instead of the time.
import type { RunPlan } from '../../lib/plan.ts'

/** How many a run makes in all, of a script or of a scenario whose users make so many each; undefined for any other. */
export function plannedIterations(
  plan: Pick<RunPlan, 'script' | 'target' | 'iterationsPerUser'>,
): number | undefined {
  const { iterationsPerUser, target } = plan
  return iterationsPerUser === undefined ? countedIterations(plan) : target * iterationsPerUser
}

/** How many a script makes; undefined where a time says when the load ends, which two runs then have in common. */
export function countedIterations({ script = [] }: Pick<RunPlan, 'script'>): number | undefined {
  if (script.length === 0 || script.some(({ model }) => model !== 'once')) return undefined
  return script.reduce((sum, { iterations = 0 }) => sum + iterations, 0)
}
