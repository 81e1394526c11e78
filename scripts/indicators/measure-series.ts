import type { Measurement } from './from-samples/measurement.ts'
import { recordOf } from './indicators.ts'
import type { Objective } from './objective.ts'
import { selectSeries } from './from-series/judged-series.ts'
import {
  durationTrend,
  NEEDS_SAMPLES,
  nothing,
  type SeriesContext,
  trendName,
} from './from-series/run-series.ts'

/** Computes an objective's indicator from counters and histograms; what needs the samples has no value. */
export function measureSeries(objective: Objective, context: SeriesContext): Measurement {
  const { run, timeline } = context
  const { indicator, windows } = objective
  if (windows) return nothing(`windows of time: ${NEEDS_SAMPLES}`)
  const selection = selectSeries(objective, { timeline, testid: run.testid })
  const { fromSeries } = recordOf(indicator)
  return fromSeries?.(objective, { ...context, selection }) ?? nothing(NEEDS_SAMPLES)
}

/** Histograms that a verdict is computed from, by their names in Prometheus without `k6_`. */
export function measuredTrends(
  objectives: readonly { objective: Objective }[],
  metrics: SeriesContext['metrics'],
): string[] {
  const named = objectives.flatMap(({ objective: { indicator } }) => {
    const isOfTrend = recordOf(indicator).metricTypes?.includes('trend')
    return 'metric' in indicator && isOfTrend ? [trendName(indicator.metric, metrics)] : []
  })
  const durations = [{}, { of: 'operation' } as const].map(durationTrend)
  return [...new Set([...durations, 'iteration_duration_seconds', ...named])]
}
