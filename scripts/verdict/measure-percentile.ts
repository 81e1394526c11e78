import { minimumSamples } from '../sla/minimum-samples.ts'
import type { Limit } from '../sla/limit.ts'
import type { Objective } from '../sla/objective.ts'
import { selectionOf } from './selection.ts'
import type { JudgedTable } from './judged-tables.ts'
import type { MeasureContext, MeasuredWindows, Measurement, Selection } from './measurement.ts'
import type { Interval } from './statistics/interval.ts'
import { normalQuantile } from './statistics/normal.ts'
import {
  type GroupRule,
  type WindowCount,
  windowGroups,
  windowSeconds,
  windowSql,
  windowsWith,
} from './windows-of.ts'

/** A percentile of one column. */
export interface PercentileOf {
  table: JudgedTable
  column: 'duration_ms' | 'value'
  /** 0 to 100. */
  percentile: number
}

const Z = normalQuantile(0.95)

/** How far to both sides of a percentile the density is looked at, at most. */
const DENSITY_REACH = 0.015

/** Latency percentile of expected responses. */
export async function measureLatency(
  objective: Objective,
  percentile: number,
  context: MeasureContext,
): Promise<Measurement> {
  const selection = selectionOf(objective, context)
  const expected = { ...selection, condition: `NOT failed AND ${selection.condition}` }
  const of = { table: 'requests', column: 'duration_ms', percentile } as const
  return measurePercentile(of, expected, {
    ...context,
    limit: objective.limit,
    lengthSeconds: objective.windows?.lengthSeconds,
  })
}

/**
 * An exact percentile (type 7, as k6's) with its interval and its course over time.
 *
 * The interval is that of the delta method with whole seconds as the units that vary, since requests of
 * one second resemble each other (Deng, Knoblich and Lu, KDD 2018; for quantiles Liu et al., "Large-Scale
 * Online Experimentation with Quantile Metrics", 2019). It does not cover what differs between two runs.
 */
export async function measurePercentile(
  of: PercentileOf,
  selection: Selection,
  context: MeasureContext & { limit: Limit; lengthSeconds: number | undefined },
): Promise<Measurement> {
  const sql = percentileSql(of, selection)
  const [row] = await context.database.rows<Row>(sql)
  const samples = row?.samples ?? 0
  const value = row?.value ?? undefined
  if (value === undefined) return { samples, sql }
  const interval = intervalOf(value, row)
  const windows = await percentileWindows(of, selection, { ...context, samples })
  return { samples, value, ...(interval && { interval }), ...(windows && { windows }), sql }
}

interface Row {
  samples: number
  value: number | null
  /** Standard error of the logarithm. */
  error: number | null
  least: number | null
  most: number | null
}

function percentileSql(
  { table, column, percentile }: PercentileOf,
  { condition }: Selection,
): string {
  const p = percentile / 100
  const reach = Math.min(DENSITY_REACH, (1 - p) / 2, p / 2)
  return `WITH judged AS (SELECT ${column} AS v, at_us // 1000000 AS second FROM ${table} WHERE ${condition}),
whole AS (SELECT count(*) AS n, quantile_cont(v, ${p}) AS q, min(v) AS least, max(v) AS most,
  quantile_cont(v, ${p + reach}) - quantile_cont(v, ${p - reach}) AS width FROM judged),
seconds AS (SELECT second, sum((v <= q)::INT) - ${p} * count(*) AS surplus FROM judged, whole GROUP BY second)
SELECT any_value(n) AS samples, any_value(q) AS value, any_value(least) AS least, any_value(most) AS most,
  sqrt(count(*) * var_samp(surplus)) / any_value(n) * any_value(width) / ${2 * reach} / any_value(q) AS error
FROM whole LEFT JOIN seconds ON true`
}

// A single second cannot tell how seconds vary. Where the density is near nothing, such as after a
// standstill, the error has no bounds, but the truth hardly lies beyond what was seen.
function intervalOf(value: number, row: Row | undefined): Interval | undefined {
  const { error = null, least, most } = row ?? {}
  if (error === null || Number.isNaN(error)) return undefined
  const low = value * Math.exp(-Z * error)
  const high = value * Math.exp(Z * error)
  return { low: Math.max(low, least ?? low), high: Math.min(high, most ?? high) }
}

interface WindowContext extends Pick<MeasureContext, 'database'> {
  samples: number
  limit: Limit
  lengthSeconds: number | undefined
}

async function percentileWindows(
  of: PercentileOf,
  selection: Selection,
  { database, samples, limit, lengthSeconds }: WindowContext,
): Promise<MeasuredWindows | undefined> {
  const needed = minimumSamples(of.percentile)
  const length = windowSeconds(selection, { lengthSeconds, samples, minimumSamples: needed })
  if (length === undefined) return undefined
  return percentilesOverTime(database, {
    ...of,
    selection,
    lengthSeconds: length,
    minimumSamples: needed,
    limit,
  })
}

interface Course extends PercentileOf, GroupRule {
  selection: Selection
  /** What the percentile must meet, if anything. */
  limit?: Limit
}

/** The percentile of each window of the judged time; where samples are few, of neighbours together. */
export async function percentilesOverTime(
  database: MeasureContext['database'],
  course: Course,
): Promise<MeasuredWindows> {
  const { table, column, percentile, selection, lengthSeconds } = course
  const number = windowSql(selection, lengthSeconds)
  const from = `FROM ${table} WHERE ${selection.condition}`
  const counts = await database.rows<WindowCount>(
    `SELECT ${number} AS number, count(*) AS samples, ${lostSql(course)} AS "isLost" ${from} GROUP BY 1`,
  )
  const groups = windowGroups(selection, counts, course)
  if (groups.length === 0) return { lengthSeconds, values: [] }
  const members = groups.flatMap(({ numbers }, index) =>
    numbers.map((each) => `(${each}, ${index})`),
  )
  const rows = await database.rows<{ place: number; value: number }>(
    `SELECT place, quantile_cont(${column}, ${percentile / 100}) AS value
FROM (SELECT ${column}, ${number} AS number ${from})
JOIN (VALUES ${members.join(', ')}) AS groups(number, place) USING (number) GROUP BY place`,
  )
  const values = new Map(rows.map(({ place, value }) => [place, value]))
  return windowsWith(lengthSeconds, groups, (_, index) => values.get(index))
}

// More miss the limit than may, even if all that it lacks were good. Rounded, as 1 - 0.9 is less than 0.1.
function lostSql({ column, percentile, limit, minimumSamples }: Course): string {
  if (!limit) return 'false'
  const above = 1 - percentile / 100
  const allowed = limit.operator.startsWith('<') ? above : 1 - above
  const missing = `count(*) FILTER (NOT ${column} ${limit.operator} ${limit.value})`
  return `${missing} > round(${allowed} * greatest(count(*), ${minimumSamples}), 6)`
}
