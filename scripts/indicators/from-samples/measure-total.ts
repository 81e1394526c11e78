import { edgeSeconds } from '../judged-span.ts'
import type { Objective } from '../objective.ts'
import type { JudgedWindows, MeasureContext, Measurement, Selection } from './measurement.ts'
import { meets } from '../../core/limit.ts'
import { reason } from '../../reasons/reasons.ts'
import { selectionOf } from './subject.ts'
import { windowSlots, windowSql } from './windows-of.ts'
import { courseOf, type Moment, type TimedPhase } from '../timeline.ts'

/** rate and count: what was counted is no estimate, so it has no interval. */
export async function measureTotal(
  objective: Objective<'rate' | 'count'>,
  context: MeasureContext,
): Promise<Measurement> {
  const selection = selectionOf(objective, context)
  const { kind, metric } = objective.indicator
  const isRate = kind === 'rate'
  const { from, sum } = totalOf(metric)
  const value = isRate ? `${sum} / ${selection.seconds}` : sum
  const sql = `SELECT count(*) AS samples, coalesce(${value}, 0) AS value FROM ${from} WHERE ${selection.condition}`
  const [row] = await context.database.rows<{ samples: number; value: number }>(sql)
  const { samples = 0, value: measured = 0 } = row ?? {}
  if (isRate && !context.isWhole) return { samples, reason: reason('RUN_CUT_SHORT', {}), sql }
  // Nothing counted is a total of zero, if anything was done at all.
  if (samples === 0 && (isRate || !(await couldCount(objective, context)))) {
    return { samples: 0, sql }
  }
  const windows = await rateWindows(objective, { selection, from, sum }, context)
  const compared = isRate ? withEdge(measured, objective, selection) : measured
  return { samples, value: measured, compared, ...(windows && { windows }), sql }
}

// What was under way at the two ends of a phase is uncertain: 1000/s offered would miss >= 1000/s by one
// request.
function withEdge(value: number, { limit }: Objective, { seconds }: Selection): number {
  return (value * seconds) / (seconds + edgeSeconds(limit.operator))
}

function totalOf(metric: string): { from: string; sum: string } {
  if (metric === 'http_reqs') return { from: 'requests', sum: 'count(*)' }
  return { from: 'samples', sum: 'sum(value)' }
}

// Iterations ended in these phases, and every tag that is asked for exists: else zero proves nothing.
async function couldCount(objective: Objective, context: MeasureContext): Promise<boolean> {
  if (selectionOf(objective, context).hasUnknownTag) return false
  const anything = { ...objective, where: {}, indicator: { kind: 'error-ratio' } as const }
  const iterations = { ...anything, indicator: { kind: 'count', metric: 'iterations' } as const }
  const [row] = await context.database.rows<{ n: number }>(
    `SELECT (SELECT count(*) FROM requests WHERE ${selectionOf(anything, context).condition})
  + (SELECT count(*) FROM samples WHERE ${selectionOf(iterations, context).condition}) AS n`,
  )
  return (row?.n ?? 0) > 0
}

// A part of a window says as much as a whole one from here on.
const PART_MIN = 0.5

async function rateWindows(
  { windows, indicator, limit }: Objective,
  { selection, from, sum }: { selection: Selection; from: string; sum: string },
  { database }: MeasureContext,
): Promise<JudgedWindows | undefined> {
  if (!windows || indicator.kind !== 'rate') return undefined
  const { lengthSeconds } = windows
  const rows = await database.rows<{ number: number; samples: number; sum: number }>(
    `SELECT ${windowSql(selection, lengthSeconds)} AS number, count(*) AS samples, ${sum} AS sum
FROM ${from} WHERE ${selection.condition} GROUP BY 1`,
  )
  const byNumber = new Map(rows.map((row) => [row.number, row]))
  const slots = windowSlots(selection, lengthSeconds)
  const values = slots.flatMap(({ number, startUs, seconds }) => {
    if (seconds < PART_MIN * lengthSeconds) return []
    // A window in which nothing happened has the lowest rate of all.
    const { samples = 0, sum: counted = 0 } = byNumber.get(number) ?? {}
    const value = counted / seconds
    const compared = counted / (seconds + edgeSeconds(limit.operator))
    return [{ startUs, value, samples, isMissed: !meets(compared, limit) }]
  })
  return { lengthSeconds, values }
}

const US_PER_SECOND = 1_000_000

/**
 * The load that the plan asks for from one moment to another, in users (or iterations per second) times
 * seconds. Outside of the plan there is none.
 */
export function plannedLoad(timeline: readonly TimedPhase[], fromUs: number, toUs: number): number {
  return timeline.flatMap(stretchesOf).reduce((sum, [from, to]) => {
    const start = Math.max(fromUs, from.us)
    const end = Math.min(toUs, to.us)
    if (end <= start) return sum
    return sum + (targetAt(from, to, (start + end) / 2) * (end - start)) / US_PER_SECOND
  }, 0)
}

/** Users or iterations per second that are planned for a moment; 0 outside of the plan. */
export function loadAt(us: number, timeline: readonly TimedPhase[]): number {
  const stretch = timeline.flatMap(stretchesOf).find(([from, to]) => us >= from.us && us < to.us)
  return stretch ? targetAt(...stretch, us) : 0
}

// Pairs of neighbouring moments; a jump has no length.
function stretchesOf(phase: TimedPhase): [Moment, Moment][] {
  const course = courseOf(phase)
  return course.slice(1).map((to, index) => [course[index] ?? to, to])
}

function targetAt(from: Moment, to: Moment, us: number): number {
  return from.target + ((to.target - from.target) * (us - from.us)) / (to.us - from.us)
}
