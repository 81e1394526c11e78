import type { CompiledObjective } from '../sla/compiled.ts'
import { toK6Thresholds } from '../sla/k6-thresholds.ts'
import type { InstanceEvidence } from './sample-faults.ts'

/**
 * Missed thresholds that no objective has put there: someone wrote them into the script, and k6
 * exits with 99 for them. Each of several k6 holds them against its own part of the load.
 *
 * @returns one sentence part for each
 */
export function foreignThresholds(
  compiled: readonly CompiledObjective[],
  instances: readonly Pick<InstanceEvidence, 'name' | 'summary'>[],
): string[] {
  const own = toK6Thresholds(compiled)
  return instances.flatMap(({ name, summary }) => {
    const where = name === undefined ? '' : ` on instance ${name}`
    return Object.entries(summary?.metrics ?? {}).flatMap(([metric, { crossed }]) => {
      const known = own[metric]?.map((each) => (typeof each === 'string' ? each : each.threshold))
      return crossed
        .filter((threshold) => !known?.includes(threshold))
        .map(
          (threshold) => `the script's own threshold was crossed${where}: ${metric} ${threshold}`,
        )
    })
  })
}
