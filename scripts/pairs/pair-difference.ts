import type { ComparisonMetric } from './comparison-metric.ts'
import { differenceOf, type DifferenceScale } from '../statistics/difference-scale.ts'
import type { Figures } from '../compare/figures.ts'
import type { PairResult } from './pair-result.ts'

export interface PairDifference {
  scale: DifferenceScale
  /** Of the whole run; missing where the run has no such value. */
  baseline?: number
  candidate?: number
  /** On the scale. */
  difference?: number
}

/** What one pair says of a metric: of one endpoint, or of all together. */
export function differenceOfPair(
  metric: ComparisonMetric,
  pair: PairResult,
  endpoint?: string,
): PairDifference {
  const scale: DifferenceScale = metric.kind === 'latency' ? 'ratio' : 'points'
  const baseline = valueOf(metric, pair.baseline.figures, endpoint)
  const candidate = valueOf(metric, pair.candidate.figures, endpoint)
  const difference = differenceOf(scale, baseline, candidate)
  return {
    scale,
    ...(baseline !== undefined && { baseline }),
    ...(candidate !== undefined && { candidate }),
    ...(difference !== undefined && { difference }),
  }
}

function valueOf(
  metric: ComparisonMetric,
  figures: readonly Figures[],
  endpoint: string | undefined,
): number | undefined {
  const found = figures.find((each) => each.endpoint === endpoint)
  return metric.kind === 'latency'
    ? found?.percentiles[metric.name]?.value
    : found?.errorRatio?.value
}
