import type { Measurement } from '../from-samples/measurement.ts'
import type { Limit } from '../../core/limit.ts'
import { missedByFew } from '../missed-by-few.ts'
import { addHistograms, countUpTo, type Histogram, percentileOf } from './histogram.ts'
import type { SeriesSelection } from './judged-series.ts'
import {
  isTime,
  NEEDS_SAMPLES,
  nothing,
  REQUESTS,
  type Selected,
  sumOf,
  trendName,
  valuesOf,
} from './run-series.ts'
import { K6_METRICS } from '../k6-metrics.ts'
import { reason } from '../../reasons/reasons.ts'
import { edgeSeconds } from '../judged-span.ts'
import type { Objective } from '../objective.ts'
import { secondsOf, spansOf } from '../timeline.ts'

/** Latency is that of expected responses. */
export function expectedOnly({ matches, matchers, ...rest }: SeriesSelection): SeriesSelection {
  return {
    ...rest,
    matches: (labels) => matches(labels) && labels['expected_response'] !== 'false',
    matchers: `${matchers},expected_response!="false"`,
  }
}

/**
 * A percentile of all values of a trend.
 *
 * @param perUnit values of the objective's unit in one of Prometheus's
 */
export function seriesPercentile(
  trend: string,
  percentile: number,
  context: Selected & { perUnit: number; limit: Limit },
): Measurement {
  const { selection, perUnit, run, limit } = context
  const histogram = histogramOf(trend, context)
  const at = run.lastSeconds.toFixed(3)
  const sql = `histogram_quantile(${percentile / 100}, sum(k6_${trend}{${selection.matchers}} @ ${at}))`
  const found = percentileOf(histogram, percentile)
  if (!found) return { samples: 0, sql }
  const { interval, bucket } = found
  const bad = surelyBad(histogram, limit, perUnit)
  const lost = missedByFew({ percentile, limit }, { bad, samples: histogram.count })
  return {
    ...(lost && { isMissed: true, reason: lost }),
    samples: histogram.count,
    value: found.value * perUnit,
    interval: { low: interval.low * perUnit, high: interval.high * perUnit },
    details: { bucket: { low: bucket.low * perUnit, high: bucket.high * perUnit } },
    sql,
  }
}

// Values that miss the limit wherever in their bucket they are.
function surelyBad(histogram: Histogram, { operator, value }: Limit, perUnit: number): number {
  const { low, high } = countUpTo(histogram, value / perUnit).interval
  return operator.startsWith('<') ? histogram.count - high : low
}

/** All values of a trend that are judged. */
export function histogramOf(trend: string, { run, selection }: Selected): Histogram {
  const chosen = (run.histograms.get(trend) ?? []).filter(({ labels }) => selection.matches(labels))
  return addHistograms(chosen.map(({ histogram }) => histogram))
}

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

/** rate and count, from the last values of k6's counters. */
export function seriesTotal(
  { indicator: { kind, metric }, limit }: Objective<'rate' | 'count'>,
  context: Selected,
): Measurement {
  const { run, selection, timeline, isWhole } = context
  if (K6_METRICS[metric]?.isUntagged)
    return nothing(`k6 says of no ${metric} in which phase it was`)
  const isRate = kind === 'rate'
  const seconds = secondsOf(spansOf(timeline, selection.phases))
  const counters = valuesOf(run, `k6_${metric}_total`)
  const chosen = counters.filter(({ labels }) => selection.matches(labels))
  const sum = sumOf(chosen)
  const total = `sum(k6_${metric}_total{${selection.matchers}})`
  const sql = isRate ? `${total} / ${seconds}` : total
  if (isRate && !isWhole) {
    return { samples: sum, reason: reason('RUN_CUT_SHORT', {}), sql }
  }
  // Nothing counted is a total of zero, if anything was done at all.
  const done = [...valuesOf(run, REQUESTS), ...valuesOf(run, 'k6_iterations_total')]
  const couldCount = done.some(({ labels }) => selection.matches(labels))
  if (chosen.length === 0 && (isRate || !couldCount)) return { samples: 0, sql }
  if (!isRate) return { samples: sum, value: sum, sql }
  const compared = sum / (seconds + edgeSeconds(limit.operator))
  return { samples: sum, value: sum / seconds, compared, sql }
}
