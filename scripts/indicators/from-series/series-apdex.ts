import type { Measurement } from '../from-samples/measurement.ts'
import { countUpTo } from './histogram.ts'
import type { Objective } from '../objective.ts'
import { durationTrend, type Selected } from './series-context.ts'
import { seriesEvents } from './series-events.ts'
import { expectedOnly, histogramOf } from './series-percentile.ts'

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
