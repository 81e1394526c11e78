import { meets } from '../../core/limit.ts'
import type { PercentileOf } from './percentile-interval.ts'
import type { MeasureContext, Measurement } from './measurement.ts'

/**
 * A latency percentile with the requests that waiting users would have sent: a user who comes back every
 * second and waits for ten has seen one slow answer, not the ten that others would have seen. For a duration
 * d above the user's period p it adds d - p, d - 2p, ... down to p.
 *
 * Source: Gil Tene's HdrHistogram, `recordValueWithExpectedInterval`.
 *
 * @returns undefined where it changes nothing: in the open model, without a period, when no response took
 *   two periods, or where the percentile misses its limit anyway
 */
export async function correctedPercentile(
  { from, percentile, limit }: PercentileOf,
  { value, isMissed }: Measurement,
  { database, userPeriodMs: period }: MeasureContext,
): Promise<number | undefined> {
  if (period === undefined || value === undefined || isMissed || !meets(value, limit))
    return undefined
  const [row] = await database.rows<{ added: number; corrected: number }>(
    `WITH seen AS (${from}),
added AS (SELECT v - unnest(range(1, CAST(floor(v / ${period}) AS BIGINT))) * ${period} AS v
  FROM seen WHERE v >= ${2 * period})
SELECT (SELECT count(*) FROM added) AS added, quantile_cont(v, ${percentile / 100}) AS corrected
FROM (SELECT v FROM seen UNION ALL SELECT v FROM added)`,
  )
  return row && row.added > 0 && row.corrected > value ? row.corrected : undefined
}
