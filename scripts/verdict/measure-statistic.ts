import type { Statistic } from '../sla/indicator.ts'
import type { Objective } from '../sla/objective.ts'
import { measurePercentile } from './measure-percentile.ts'
import type { MeasureContext, Measurement } from './measurement.ts'
import { selectionOf } from './selection.ts'
import { normalQuantile } from './statistics/normal.ts'

const Z = normalQuantile(0.95)

/** avg, min, max or a percentile of a trend or gauge. */
export async function measureStatistic(
  objective: Objective,
  statistic: Statistic,
  context: MeasureContext,
): Promise<Measurement> {
  const selection = selectionOf(objective, context)
  if (typeof statistic === 'number') {
    const of = { table: 'samples', column: 'value', percentile: statistic } as const
    const { limit } = objective
    return measurePercentile(of, selection, { ...context, limit, lengthSeconds: undefined })
  }
  // The standard error is that of the delta method, with whole seconds as the units that vary.
  const sql = `WITH judged AS (SELECT value AS v, at_us // 1000000 AS second FROM samples WHERE ${selection.condition}),
whole AS (SELECT count(*) AS n, ${statistic}(v) AS value, avg(v) AS mean FROM judged),
seconds AS (SELECT second, sum(v) - any_value(mean) * count(*) AS surplus FROM judged, whole GROUP BY second)
SELECT any_value(n) AS samples, any_value(value) AS value,
  sqrt(count(*) * var_samp(surplus)) / any_value(n) AS error FROM whole LEFT JOIN seconds ON true`
  const [row] = await context.database.rows<{
    samples: number
    value: number | null
    error: number | null
  }>(sql)
  const { samples = 0, value = null, error = null } = row ?? {}
  if (value === null) return { samples, sql }
  const isMean = statistic === 'avg' && error !== null
  return {
    samples,
    value,
    ...(isMean && { interval: { low: value - Z * error, high: value + Z * error } }),
    sql,
  }
}
