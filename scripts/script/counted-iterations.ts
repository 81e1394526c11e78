// Pure. Scripts that count their iterations instead of the time.
import type { RunPlan } from '../../lib/plan.ts'

/** How many; undefined where a time says when the load ends, which two runs then have in common. */
export function countedIterations({ script = [] }: Pick<RunPlan, 'script'>): number | undefined {
  if (script.length === 0 || script.some(({ model }) => model !== 'once')) return undefined
  return script.reduce((sum, { iterations = 0 }) => sum + iterations, 0)
}
