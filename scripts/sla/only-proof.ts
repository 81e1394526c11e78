import type { Phase, RunPlan } from '../../lib/plan.ts'
import type { CompiledObjective } from './compiled.ts'
import type { K6Thresholds } from './k6-thresholds.ts'

/** As in the verdict from samples: more than this share missing is another load than planned. */
const DROPPED_SHARE_MAX = 0.01

/**
 * Thresholds for a run of which no samples will be seen, so that "passed" means what PASS means: enough
 * samples for each percentile, and nearly all iterations of an open model.
 */
export function onlyProofThresholds(
  compiled: readonly CompiledObjective[],
  plan: Pick<RunPlan, 'model' | 'phases' | 'judges'>,
): K6Thresholds {
  const thresholds: Record<string, string[]> = {}
  for (const { check, objective } of compiled) {
    if (!check || objective.level === 'advisory' || check.minimumSamples <= 1) continue
    ;(thresholds[check.guard] ??= []).push(`count>=${check.minimumSamples}`)
  }
  if (plan.model === 'open' && plan.judges !== 'steps') {
    const most = Math.floor(plannedIterations(plan.phases) * DROPPED_SHARE_MAX)
    thresholds['dropped_iterations'] = [`count<=${most}`]
  }
  return Object.fromEntries(
    Object.entries(thresholds).map(([metric, texts]) => [metric, [...new Set(texts)]]),
  )
}

function plannedIterations(phases: readonly Phase[]): number {
  return phases.reduce((sum, { startSeconds, endSeconds, target }, index) => {
    const before = phases[index - 1]?.target ?? 0
    return sum + ((before + target) / 2) * (endSeconds - startSeconds)
  }, 0)
}
