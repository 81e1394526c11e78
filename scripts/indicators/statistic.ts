import type { Statistic } from './indicator.ts'
import type { Objective } from './objective.ts'
import { measurePercentile } from './from-samples/measure-percentile.ts'
import type { MeasureContext, Measurement } from './from-samples/measurement.ts'
import { selectionOf } from './from-samples/selection.ts'
import { everySecond, sumError } from '../statistics/batch-means.ts'
import type { Interval } from '../statistics/interval.ts'

/** avg, min, max or a percentile of a trend or gauge. */
export async function measureStatistic(
  objective: Objective,
  statistic: Statistic,
  context: MeasureContext,
): Promise<Measurement> {
  const selection = selectionOf(objective, context)
  const { limit } = objective
  const from = `SELECT value AS v, at_us FROM samples WHERE ${selection.condition}`
  if (typeof statistic === 'number') {
    const of = { from, percentile: statistic, limit, lengthSeconds: undefined }
    return measurePercentile(of, selection, context)
  }
  const sql = `SELECT count(*) AS samples, ${statistic}(v) AS value FROM (${from})`
  const [row] = await context.database.rows<{ samples: number; value: number | null }>(sql)
  const { samples = 0, value = null } = row ?? {}
  if (value === null) return { samples, sql }
  const interval = statistic === 'avg' ? await meanInterval(from, value, context) : undefined
  return { samples, value, ...(interval && { interval }), sql }
}

async function meanInterval(
  from: string,
  mean: number,
  { database }: MeasureContext,
): Promise<Interval | undefined> {
  const blocks = await database.rows<{ second: number; sum: number; total: number }>(
    `SELECT at_us // 1000000 AS second, sum(v) AS sum, count(*) AS total FROM (${from}) GROUP BY 1`,
  )
  const seconds = everySecond(blocks, { sum: 0, total: 0 })
  const varying = sumError(seconds.map(({ sum, total }) => sum - mean * total))
  if (!varying) return undefined
  const total = blocks.reduce((all, block) => all + block.total, 0)
  const reach = (varying.reach * varying.error) / total
  return { low: mean - reach, high: mean + reach }
}
