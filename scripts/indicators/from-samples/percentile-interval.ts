import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { Limit } from '../../core/limit.ts'
import { everySecond } from '../../statistics/batch-means.ts'
import {
  type Interval,
  type RankBlock,
  rankInterval,
} from '../../statistics/percentile-interval.ts'

/** Values to take a percentile of. */
export interface ValuesSql {
  /** SQL of rows with a value `v` and its time `at_us`. */
  from: string
  /** 0 to 100. */
  percentile: number
}

/** A percentile that has to meet a limit. */
export interface PercentileOf extends ValuesSql {
  limit: Limit
  /** Of the windows that the objective asks for. */
  lengthSeconds: number | undefined
}

/**
 * The 90 % interval of a percentile of one run (`rankInterval`), and never beyond what was seen. Undefined
 * where all values lie within one second. It does not cover what differs between two runs.
 *
 * @param value the percentile
 */
export async function percentileInterval(
  { from, percentile }: ValuesSql,
  value: number,
  database: SampleDatabase,
): Promise<Interval | undefined> {
  const blocks = await database.rows<RankBlock & { second: number }>(
    `SELECT at_us // 1000000 AS second, count(*) FILTER (v <= ${value}) AS below, count(*) AS total
FROM (${from}) GROUP BY 1`,
  )
  const ranks = rankInterval(everySecond(blocks, { below: 0, total: 0 }), percentile / 100)
  if (!ranks) return undefined
  // DuckDB takes constants only, so the ranks have to be known before.
  const [row] = await database.rows<{ low: number; high: number; most: number }>(
    `SELECT quantile_cont(v, ${ranks.low}) AS low, quantile_cont(v, ${ranks.high}) AS high,
  max(v) FILTER (isfinite(v)) AS most FROM (${from})`,
  )
  if (!row) return undefined
  const { low, high, most } = row
  return { low: Math.min(low, value), high: Number.isFinite(high) ? Math.max(high, value) : most }
}
