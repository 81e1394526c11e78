import type { CompiledObjective } from '../../sla/compiled.ts'
import { NO_REFUSED_REDIRECT, toK6Thresholds } from '../../sla/k6-thresholds.ts'
import { reason, type Reason } from '../../reasons/reasons.ts'
import type { InstanceEvidence } from './sample-faults.ts'

/**
 * Crossed thresholds that no objective has put there: someone wrote them into the script. Each of several k6
 * holds them against its own part of the load.
 */
export function crossedThresholds(
  compiled: readonly CompiledObjective[],
  instances: readonly Pick<InstanceEvidence, 'name' | 'summary'>[],
): Reason[] {
  const own = toK6Thresholds(compiled, NO_REFUSED_REDIRECT)
  const isJudged = (metric: string, source: string): boolean =>
    compiled.some(({ threshold }) => threshold?.metric === metric && threshold.source === source)
  return instances.flatMap(({ name, summary }) => {
    const where = name === undefined ? '' : ` on instance ${name}`
    return Object.entries(summary?.metrics ?? {}).flatMap(([metric, { crossed }]) => {
      const known = own[metric]?.map((each) => (typeof each === 'string' ? each : each.threshold))
      return crossed
        .filter((threshold) => !known?.includes(threshold) && !isJudged(metric, threshold))
        .map((threshold) => reason('THRESHOLD_CROSSED', { metric, threshold, where }))
    })
  })
}
