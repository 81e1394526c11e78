import type { Objective } from '../objective.ts'
import { judgedWindows, type WindowCount, fadesOut } from './judged-windows.ts'
import type { JudgedWindows, MeasureContext, Measurement } from './measurement.ts'
import { selectionOf } from './subject.ts'
import { everySecond } from '../../statistics/batch-means.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'
import { windowSeconds, windowSlots, windowSql } from './windows-of.ts'

/** Enough for a default window whose limit allows nothing at all. */
const WINDOW_SAMPLES_MIN = 20

/** So many of the events that the limit is about are due in a default window. */
const EVENTS_AT_LIMIT = 10

/** What a ratio is of. */
export interface RatioOf {
  table: 'requests' | 'operations' | 'samples'
  /** SQL of what each row adds to it, 0 to 1. */
  part: string
}

/** Sums of parts, divided by the number of rows. */
export async function measureRatio(
  objective: Objective,
  { table, part }: RatioOf,
  context: MeasureContext,
): Promise<Measurement> {
  const selection = selectionOf(objective, context)
  const perSecond = `SELECT at_us // 1000000 AS second, sum(${part}) AS events, count(*) AS total
FROM ${table} WHERE ${selection.condition} GROUP BY second`
  const sql = `SELECT sum(total) AS samples, sum(events) / sum(total) AS value FROM (${perSecond})`
  const blocks = await context.database.rows<{ second: number; events: number; total: number }>(
    perSecond,
  )
  const estimate = ratioInterval(everySecond(blocks, { events: 0, total: 0 }))
  const samples = blocks.reduce((sum, { total }) => sum + total, 0)
  if (!estimate) return { samples, sql }
  const windows = await ratioWindows({ objective, selection, table, part, samples }, context)
  // One pass shows that it works, not how often: its few requests are no sample of anything. A limit of all or
  // nothing is held against the count: no estimate could meet it.
  const isSample = context.plan.judges === 'all'
  const isEnd = objective.limit.value === 0 || objective.limit.value === 1
  return {
    samples,
    value: estimate.ratio,
    ...(isSample && !isEnd && { interval: estimate.interval }),
    ...(isSample && windows && { windows }),
    sql,
  }
}

interface WindowInput extends RatioOf {
  objective: Objective
  selection: ReturnType<typeof selectionOf>
  samples: number
}

async function ratioWindows(
  { objective, selection, table, part, samples }: WindowInput,
  { database, plan, timeline, isWhole: isEnded }: MeasureContext,
): Promise<JudgedWindows | undefined> {
  const { limit, windows } = objective
  const rare = Math.min(limit.value, 1 - limit.value)
  const minimumSamples = rare > 0 ? Math.ceil(EVENTS_AT_LIMIT / rare) : WINDOW_SAMPLES_MIN
  const lengthSeconds = windowSeconds(selection, {
    lengthSeconds: windows?.lengthSeconds,
    samples,
    minimumSamples,
  })
  if (lengthSeconds === undefined) return undefined
  const isUpper = limit.operator.startsWith('<')
  const bad = isUpper ? 'events' : 'samples - events'
  const counts = await database.rows<WindowCount>(
    `SELECT number, samples, ${bad} AS bad, events / samples AS value
FROM (SELECT ${windowSql(selection, lengthSeconds)} AS number, count(*) AS samples, sum(${part}) AS events
  FROM ${table} WHERE ${selection.condition} GROUP BY 1)`,
  )
  const allowed = isUpper ? limit.value : 1 - limit.value
  const slots = windowSlots(selection, lengthSeconds)
  const isWhole = isEnded && !fadesOut(plan)
  return judgedWindows(slots, counts, { lengthSeconds, allowed, timeline, isWhole })
}
