import type { Measurement } from '../from-samples/measurement.ts'
import type { Limit } from '../../core/limit.ts'
import { K6_METRICS } from '../k6-metrics.ts'
import { isTime, NEEDS_SAMPLES, nothing, type Selected, trendName } from './series-context.ts'
import { histogramOf, seriesPercentile } from './series-percentile.ts'

/** avg, min, max or a percentile of a trend; min and max are known to a bucket. */
export function seriesStatistic(
  metric: string,
  statistic: string | number,
  context: Selected & { limit: Limit },
): Measurement {
  const { metrics } = context
  const type = K6_METRICS[metric]?.type ?? metrics[metric]?.type
  if (type === 'gauge') return nothing(`a gauge: ${NEEDS_SAMPLES}`)
  const trend = trendName(metric, metrics)
  const perUnit = isTime(metric, metrics) ? 1_000 : 1
  if (typeof statistic === 'number') {
    return seriesPercentile(trend, statistic, { ...context, perUnit })
  }
  const { count, sum, buckets } = histogramOf(trend, context)
  const of = `sum(k6_${trend}{${context.selection.matchers}})`
  if (statistic === 'avg') {
    const sql = `histogram_sum(${of}) / histogram_count(${of})`
    return count === 0
      ? { samples: 0, sql }
      : { samples: count, value: (sum / count) * perUnit, sql }
  }
  const end = statistic === 'min' ? buckets[0] : buckets.at(-1)
  const sql = `histogram_quantile(${statistic === 'min' ? 0 : 1}, ${of})`
  if (!end) return { samples: 0, sql }
  const interval = { low: end.lower * perUnit, high: end.upper * perUnit }
  return {
    samples: count,
    value: statistic === 'min' ? interval.low : interval.high,
    interval,
    sql,
  }
}
