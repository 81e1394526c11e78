import type { Limit } from '../../core/limit.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'
import {
  durationTrend,
  type LastValue,
  REQUESTS,
  type Selected,
  sumOf,
  valuesOf,
} from './run-series.ts'
import type { Objective } from '../objective.ts'
import { countUpTo } from './histogram.ts'
import { expectedOnly, histogramOf } from './series-percentile.ts'
import { measuredOf } from '../measured.ts'

/**
 * The share of a k6 Rate. k6 pushes the ratio of each series, but not how many values are behind it; the
 * toolkit's own counters have those, of the whole run. So it is exact where all of the run is judged or
 * all series say the same; else it lies between the worst series and the best.
 */
export function seriesShare(
  metric: string,
  limit: Limit,
  { run, timeline, isSample, selection }: Selected,
): Measurement {
  const rate = `k6_${metric}_rate{${selection.matchers}}`
  const ratios = valuesOf(run, `k6_${metric}_rate`)
    .filter(({ labels }) => selection.matches(labels))
    .map(({ value }) => value)
  if (ratios.length === 0) return { samples: 0, sql: `avg(${rate})` }

  const outcomes = valuesOf(run, 'k6_outcomes_total').filter(
    ({ labels }) => labels['metric'] === metric,
  )
  const phases = new Set(timeline.map(({ name }) => name))
  const isWholeRun = selection.phases.length === phases.size && selection.tagCount === 0
  if (isWholeRun && outcomes.length > 0)
    return counted(metric, outcomes, isSample && limit.value !== 0 && limit.value !== 1)

  const [low, high] = [Math.min(...ratios), Math.max(...ratios)]
  const known = Math.round(sumOf(outcomes))
  return {
    samples: known > 0 ? known : ratios.length,
    // The series that is worst for the limit.
    value: limit.operator.startsWith('<') ? high : low,
    ...(low !== high && { interval: { low, high } }),
    ...(known === 0 && {
      details: { samples: 'series, as Prometheus has no count of the values' },
    }),
    sql: low === high ? `min(${rate})` : `min(${rate}) or max(${rate})`,
  }
}

function counted(metric: string, outcomes: readonly LastValue[], isSample: boolean): Measurement {
  const passed = outcomes.filter(({ labels }) => labels['outcome'] === 'pass')
  const total = sumOf(outcomes)
  const of = `k6_outcomes_total{metric=${JSON.stringify(metric)}`
  const sql = `sum(${of},outcome="pass"}) / sum(${of}})`
  const estimate = ratioInterval([{ events: sumOf(passed), total }])
  if (!estimate) return { samples: 0, sql }
  const { ratio: value, interval } = estimate
  return { samples: total, value, ...(isSample && { interval }), sql }
}

/** The share of requests or operations that were `good` or `bad`; both are counted, so it is exact. */
export function seriesFailures(
  wanted: 'good' | 'bad',
  objective: Pick<Objective, 'limit' | 'of'>,
  context: Selected,
): Measurement {
  const { total, failed, countOf } = seriesEvents(objective, context)
  const isGood = wanted === 'good'
  const events = isGood ? total - failed : failed
  const sql = `${countOf(`,expected_response${isGood ? '!=' : '='}"false"`)} / ${countOf('')}`
  const estimate = ratioInterval([{ events, total }])
  if (!estimate) return { samples: 0, sql }
  const { ratio: value, interval } = estimate
  const { value: bound } = objective.limit
  // All or nothing is held against the count, as it is with samples.
  const isEnd = bound === 0 || bound === 1
  return { samples: total, value, ...(context.isSample && !isEnd && { interval }), sql }
}

/** Satisfied up to T, half up to 4 T, as far as the buckets can tell. */
export function seriesApdex(objective: Objective<'apdex'>, context: Selected): Measurement {
  const { selection } = context
  const targetSeconds = objective.indicator.targetMs / 1_000
  const { total } = seriesEvents(objective, context)
  const trend = durationTrend(objective)
  const histogram = histogramOf(trend, { ...context, selection: expectedOnly(selection) })
  const [satisfied, tolerated] = [targetSeconds, 4 * targetSeconds].map((each) =>
    countUpTo(histogram, each),
  )
  const of = `k6_${trend}{${expectedOnly(selection).matchers}}`
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

/** Requests or operations in Prometheus, counted. */
export interface SeriesEvents {
  total: number
  failed: number
  /** PromQL that counts those with some more matchers. */
  countOf: (matchers: string) => string
}

/** Counts what an objective is of: k6 counts requests, and the histogram of their durations operations. */
export function seriesEvents(
  objective: Pick<Objective, 'of'>,
  { run, selection }: Selected,
): SeriesEvents {
  const trend = durationTrend(objective)
  const isOfRequests = measuredOf(objective).table === 'requests'
  const counted = isOfRequests
    ? valuesOf(run, REQUESTS)
    : (run.histograms.get(trend) ?? []).map(({ labels, histogram }) => {
        return { labels, value: histogram.count }
      })
  const chosen = counted.filter(({ labels }) => selection.matches(labels))
  const sumOf = (some: typeof chosen): number => some.reduce((sum, { value }) => sum + value, 0)
  return {
    total: sumOf(chosen),
    failed: sumOf(chosen.filter(({ labels }) => labels['expected_response'] === 'false')),
    countOf: (more) => {
      const of = `{${selection.matchers}${more}}`
      return isOfRequests ? `sum(${REQUESTS}${of})` : `histogram_count(sum(k6_${trend}${of}))`
    },
  }
}
