import type { CompiledObjective } from '../sla/compiled.ts'
import { toK6Thresholds } from '../sla/k6-thresholds.ts'
import type { Summary } from './read-summary.ts'

/**
 * Missed thresholds that no objective has put there: someone wrote them into the script, and k6
 * exits with 99 for them.
 *
 * @returns one sentence part for each
 */
export function foreignThresholds(
  compiled: readonly CompiledObjective[],
  summary: Summary,
): string[] {
  const own = toK6Thresholds(compiled)
  return Object.entries(summary.metrics).flatMap(([metric, { crossed }]) => {
    const known = own[metric]?.map((each) => (typeof each === 'string' ? each : each.threshold))
    return crossed
      .filter((threshold) => !known?.includes(threshold))
      .map((threshold) => `the script's own threshold was crossed: ${metric} ${threshold}`)
  })
}
