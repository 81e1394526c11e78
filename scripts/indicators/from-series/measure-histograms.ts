import { K6_METRICS } from '../k6-metrics.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import { addHistograms, countUpTo, type Histogram, percentileOf } from './histogram.ts'
import type { SeriesSelection } from './judged-series.ts'
import { sumOf, valuesOf } from './run-series.ts'
import {
  DURATION,
  isTime,
  NEEDS_SAMPLES,
  nothing,
  REQUESTS,
  type Selected,
  trendName,
} from './series-context.ts'

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
export function measurePercentile(
  trend: string,
  percentile: number,
  context: Selected & { perUnit: number },
): Measurement {
  const { selection, perUnit, run } = context
  const histogram = histogramOf(trend, context)
  const at = run.lastSeconds.toFixed(3)
  const sql = `histogram_quantile(${percentile / 100}, sum(k6_${trend}{${selection.matchers}} @ ${at}))`
  const found = percentileOf(histogram, percentile)
  if (!found) return { samples: 0, sql }
  const { interval, bucket } = found
  return {
    samples: histogram.count,
    value: found.value * perUnit,
    interval: { low: interval.low * perUnit, high: interval.high * perUnit },
    details: { bucket: { low: bucket.low * perUnit, high: bucket.high * perUnit } },
    sql,
  }
}

function histogramOf(trend: string, { run, selection }: Selected): Histogram {
  const chosen = (run.histograms.get(trend) ?? []).filter(({ labels }) => selection.matches(labels))
  return addHistograms(chosen.map(({ histogram }) => histogram))
}

/** Satisfied up to T, half up to 4 T, as far as the buckets can tell. */
export function measureApdex(
  targetSeconds: number,
  selection: SeriesSelection,
  context: Omit<Selected, 'selection'>,
): Measurement {
  const requests = valuesOf(context.run, REQUESTS).filter(({ labels }) => selection.matches(labels))
  const total = sumOf(requests)
  const histogram = histogramOf(DURATION, { ...context, selection: expectedOnly(selection) })
  const [satisfied, tolerated] = [targetSeconds, 4 * targetSeconds].map((each) =>
    countUpTo(histogram, each),
  )
  const of = `k6_${DURATION}{${expectedOnly(selection).matchers}}`
  const sql = `histogram_fraction(0, ${targetSeconds}, sum(${of})) / 2 + histogram_fraction(0, ${4 * targetSeconds}, sum(${of})) / 2`
  if (total === 0 || !satisfied || !tolerated) return { samples: 0, sql }
  const score = (inner: number, outer: number): number => (inner + outer) / 2 / total
  return {
    samples: total,
    value: score(satisfied.value, tolerated.value),
    interval: {
      low: score(satisfied.interval.low, tolerated.interval.low),
      high: score(satisfied.interval.high, tolerated.interval.high),
    },
    sql,
  }
}

/** avg, min, max or a percentile of a trend; min and max are known to a bucket. */
export function measureStatistic(
  metric: string,
  statistic: string | number,
  context: Selected,
): Measurement {
  const { metrics } = context
  const type = K6_METRICS[metric]?.type ?? metrics[metric]?.type
  if (type === 'gauge') return nothing(`a gauge: ${NEEDS_SAMPLES}`)
  const trend = trendName(metric, metrics)
  const perUnit = isTime(metric, metrics) ? 1_000 : 1
  if (typeof statistic === 'number') {
    return measurePercentile(trend, statistic, { ...context, perUnit })
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
