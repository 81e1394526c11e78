import type { Measurement } from '../from-samples/measurement.ts'
import type { Limit } from '../../core/limit.ts'
import { missedByFew } from '../missed-by-few.ts'
import { addHistograms, countUpTo, type Histogram, percentileOf } from './histogram.ts'
import type { SeriesSelection } from './judged-series.ts'
import type { Selected } from './series-context.ts'

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
