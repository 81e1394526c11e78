import type { Limit } from '../sla/limit.ts'
import type { Objective } from '../sla/objective.ts'
import { meets } from './judge-limit.ts'
import type { JudgedTable } from './judged-tables.ts'
import type { MeasureContext, MeasuredWindows, Measurement } from './measurement.ts'
import { selectionOf } from './selection.ts'
import { ratioInterval } from './statistics/ratio-interval.ts'
import { windowGroups, windowSeconds, windowSql, windowsWith } from './windows-of.ts'

/** Enough for a window whose limit allows nothing at all. */
const WINDOW_SAMPLES_MIN = 20

/** A window must be able to hold this many times the events that the limit is about. */
const EVENTS_AT_LIMIT = 10

/** Table and SQL of the part, 0 to 1, that each row adds to the ratio. */
interface RatioOf {
  table: JudgedTable
  part: string
}

/** error-ratio, availability, share and apdex: sums of parts, divided by the number of rows. */
export async function measureRatio(
  objective: Objective,
  context: MeasureContext,
): Promise<Measurement> {
  const { table, part } = ratioOf(objective)
  const selection = selectionOf(objective, context)
  const perSecond = `SELECT at_us // 1000000 AS second, sum(${part}) AS events, count(*) AS total
FROM ${table} WHERE ${selection.condition} GROUP BY second`
  const sql = `SELECT sum(total) AS samples, sum(events) / sum(total) AS value FROM (${perSecond})`
  const blocks = await context.database.rows<{ events: number; total: number }>(perSecond)
  const estimate = ratioInterval(blocks)
  const samples = blocks.reduce((sum, { total }) => sum + total, 0)
  if (!estimate) return { samples, sql }
  const windows = await ratioWindows({ objective, selection, table, part, samples }, context)
  // One pass shows that it works, not how often: its few requests are no sample of anything.
  const isSample = context.plan.judges === 'all'
  return {
    samples,
    value: estimate.ratio,
    ...(isSample && { interval: estimate.interval }),
    ...(isSample && windows && { windows }),
    sql,
  }
}

function ratioOf({ indicator }: Objective): RatioOf {
  switch (indicator.kind) {
    case 'error-ratio':
      return { table: 'requests', part: 'failed::INT' }
    case 'availability':
      return { table: 'requests', part: '(NOT failed)::INT' }
    case 'apdex':
      return { table: 'requests', part: apdexScore(indicator.targetMs) }
    default:
      return { table: 'samples', part: '(value <> 0)::INT' }
  }
}

/** Apdex Alliance, "Application Performance Index Technical Specification" 1.1, 2007: F = 4 T. */
function apdexScore(targetMs: number): string {
  return `CASE WHEN failed THEN 0 WHEN duration_ms <= ${targetMs} THEN 1
    WHEN duration_ms <= ${4 * targetMs} THEN 0.5 ELSE 0 END`
}

interface WindowInput extends RatioOf {
  objective: Objective
  selection: ReturnType<typeof selectionOf>
  samples: number
}

async function ratioWindows(
  { objective, selection, table, part, samples }: WindowInput,
  { database }: MeasureContext,
): Promise<MeasuredWindows | undefined> {
  const { limit, windows } = objective
  const rare = Math.min(limit.value, 1 - limit.value)
  const minimumSamples = rare > 0 ? Math.ceil(EVENTS_AT_LIMIT / rare) : WINDOW_SAMPLES_MIN
  const lengthSeconds = windows?.lengthSeconds
  const length = windowSeconds(selection, { lengthSeconds, samples, minimumSamples })
  if (length === undefined) return undefined
  const rows = await database.rows<{ number: number; samples: number; events: number }>(
    `SELECT ${windowSql(selection, length)} AS number, count(*) AS samples, sum(${part}) AS events
FROM ${table} WHERE ${selection.condition} GROUP BY 1`,
  )
  const needed = lengthSeconds === undefined ? minimumSamples : WINDOW_SAMPLES_MIN
  const counts = rows.map((row) => ({ ...row, isLost: isLost(row, needed, limit) }))
  const groups = windowGroups(selection, counts, { lengthSeconds: length, minimumSamples: needed })
  const events = new Map(rows.map((row) => [row.number, row.events]))
  return windowsWith(length, groups, ({ numbers, samples: of }) => {
    return numbers.reduce((sum, number) => sum + (events.get(number) ?? 0), 0) / of
  })
}

// It would miss the limit even if all that it lacks were as good as can be.
function isLost(
  { samples, events }: { samples: number; events: number },
  needed: number,
  limit: Limit,
): boolean {
  const lacking = Math.max(0, needed - samples)
  const best = limit.operator.startsWith('<') ? 0 : 1
  return !meets((events + best * lacking) / (samples + lacking), limit)
}
