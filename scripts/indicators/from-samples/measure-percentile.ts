import { allowedShare, minimumSamples, missedByFew } from '../missed-by-few.ts'
import { fadesOut, judgedWindows, type WindowCount } from './judged-windows.ts'
import type { JudgedWindows, MeasureContext, Measurement, Selection } from './measurement.ts'
import { percentileInterval, type PercentileOf } from './percentile-interval.ts'
import { reason } from '../../reasons/reasons.ts'
import { windowSeconds, windowSlots, windowSql } from './windows-of.ts'
import { meets } from '../../core/limit.ts'

/** An exact percentile (type 7, as k6's) with its interval, and its windows of time. */
export async function measurePercentile(
  of: PercentileOf,
  selection: Selection,
  context: MeasureContext,
): Promise<Measurement> {
  const { from, percentile } = of
  const sql = `SELECT count(*) AS samples, quantile_cont(v, ${percentile / 100}) AS value FROM (${from})`
  const [row] = await context.database.rows<{ samples: number; value: number | null }>(sql)
  const { samples = 0, value = null } = row ?? {}
  if (value === null) return { samples, sql }
  const windows = await percentileWindows(of, selection, { ...context, samples })
  const found = { samples, ...(windows && { windows }), sql }
  const lost = await lostAlready(of, samples, context)
  const isKnown = Number.isFinite(value)
  if (lost) return { ...found, ...(isKnown && { value }), isMissed: true, reason: lost }
  if (!isKnown) {
    const needed = minimumSamples(percentile)
    const isEnough = samples >= needed
    return isEnough
      ? { ...found, isMissed: true, reason: reason('DROPPED_OVER_LIMIT', { percentile }) }
      : { ...found, reason: reason('TOO_FEW_SAMPLES', { samples, needed }) }
  }
  const interval = await percentileInterval(of, value, context.database)
  return { ...found, value, ...(interval && { interval }) }
}

async function lostAlready(
  { from, percentile, limit }: PercentileOf,
  samples: number,
  { database }: MeasureContext,
) {
  if (samples >= minimumSamples(percentile)) return undefined
  const [row] = await database.rows<{ bad: number }>(
    `SELECT count(*) AS bad FROM (${from}) WHERE NOT v ${limit.operator} ${limit.value}`,
  )
  return missedByFew({ percentile, limit }, { bad: row?.bad ?? 0, samples })
}

async function percentileWindows(
  { from, percentile, limit, lengthSeconds: asked }: PercentileOf,
  selection: Selection,
  { database, plan, timeline, isWhole, samples }: MeasureContext & { samples: number },
): Promise<JudgedWindows | undefined> {
  const lengthSeconds = windowSeconds(selection, {
    lengthSeconds: asked,
    samples,
    minimumSamples: minimumSamples(percentile),
  })
  if (lengthSeconds === undefined) return undefined
  const counts = await database.rows<WindowCount>(
    `SELECT ${windowSql(selection, lengthSeconds)} AS number, count(*) AS samples,
  count(*) FILTER (NOT v ${limit.operator} ${limit.value}) AS bad,
  quantile_cont(v, ${percentile / 100}) AS value FROM (${from}) GROUP BY 1`,
  )
  const allowed = allowedShare(percentile, limit)
  return judgedWindows(windowSlots(selection, lengthSeconds), counts, {
    lengthSeconds,
    allowed,
    timeline,
    isWhole: isWhole && !fadesOut(plan),
  })
}

/**
 * SQL for one row of infinite duration, `v` at `at_us`, for each iteration that could not begin because no user was
 * free: whoever would have sent its request waits still. Undefined where none was dropped.
 */
export async function droppedRowsSql(
  { condition }: Selection,
  { database, plan }: Pick<MeasureContext, 'database' | 'plan'>,
): Promise<string | undefined> {
  if (plan.model !== 'open') return undefined
  const from = `FROM samples WHERE metric = 'dropped_iterations' AND ${condition}`
  const [row] = await database.rows<{ dropped: number | null }>(
    `SELECT sum(value) AS dropped ${from}`,
  )
  if (!row?.dropped) return undefined
  return `SELECT 'Infinity'::DOUBLE AS v, at_us
FROM (SELECT at_us, unnest(range(CAST(value AS BIGINT))) ${from})`
}

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
