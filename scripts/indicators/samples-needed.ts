import { minimumSamples } from './minimum-samples.ts'
import type { Objective } from './objective.ts'

/** Fewest samples that an objective can be judged with. */
export function samplesNeeded({ indicator }: Pick<Objective, 'indicator'>): number {
  if (indicator.kind === 'latency') return minimumSamples(indicator.percentile)
  // Nothing counted is a total too.
  if (indicator.kind === 'count') return 0
  const isPercentile = indicator.kind === 'statistic' && typeof indicator.statistic === 'number'
  return isPercentile ? minimumSamples(indicator.statistic as number) : 1
}
