import type { Limit } from '../../core/limit.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'
import type { Selected } from './series-context.ts'
import { type LastValue, sumOf, valuesOf } from './run-series.ts'

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
