import { measuredOf } from '../measured.ts'
import type { Objective } from '../objective.ts'
import type { MeasureContext, Measurement } from './measurement.ts'
import { type Reason, reason } from '../../reasons/reasons.ts'
import { selectionOf } from './subject.ts'
import { measureRecovery, type Moment, type Recovery } from '../../statistics/recovery.ts'
import type { Span, TimedPhase } from '../timeline.ts'

/** At most so much of the usual load before the first disturbance tells what is normal. */
const BASELINE_SECONDS_MAX = 60

/** Moments in a baseline: a second each, or less in a run whose time is shrunk. */
const BASELINE_MOMENTS = 24

/** So many seconds in a row have to be as usual, or moments where these are shorter. */
const RECOVERED_MOMENTS = 5

/** A target that hardly varies may be 10 % slower than its median: nobody minds. */
const SLOW_FACTOR = 1.1

/** One disturbance and what came after it. */
interface Cycle {
  name: string
  recovery: TimedPhase
}

/** How one disturbance of a run ended. Plain JSON. */
export type CycleResult = { cycle: string; slowAboveMs?: number } & (
  | { outcome: 'RECOVERED'; recoverySeconds: number; usualShare: number; limitShare: number }
  /** Not within the seconds since its end that were recorded. */
  | { outcome: 'NOT_RECOVERED'; observedSeconds: number; usualShare: number; limitShare: number }
  | { outcome: 'NO_DATA'; reason: Reason }
)

/**
 * The longest of a run's recoveries: from the end of a spike until the share of slow and failed requests is
 * as before it, and stays so. Slow is what took longer than 95 % of the requests before the first spike.
 */
export async function measureRecoveryTime(
  objective: Objective,
  context: MeasureContext,
): Promise<Measurement> {
  const { timeline, database } = context
  const cycles = cyclesOf(timeline)
  const baseline = baselineOf(timeline)
  if (!baseline) return { samples: 0, reason: reason('NO_SPIKE', {}), sql: '' }

  const everywhere = timeline.map(({ name }) => name)
  const { condition } = selectionOf(objective, context, everywhere)
  const momentUs = momentOf(baseline)
  const sql = momentsSql({ condition, ...measuredOf(objective) }, baseline, momentUs)
  const rows = await database.rows<Moment & { slow_above_ms: number | null }>(sql)
  const slowAboveMs = rows[0]?.slow_above_ms ?? undefined
  const runEndUs = await endOf(context)

  const place = (us: number): number => Math.floor((us - baseline.endUs) / momentUs)
  const details = cycles.map(({ name, recovery: { startUs, endUs } }): CycleResult => {
    const found = measureRecovery({
      moments: rows,
      baseline: { start: place(baseline.startUs), end: 0 },
      recovery: { start: place(startUs), end: place(Math.min(endUs, Math.max(startUs, runEndUs))) },
      leastWindow: RECOVERED_MOMENTS,
    })
    const result = cycleResult(name, found, momentUs / 1e6)
    return { ...(slowAboveMs !== undefined && { slowAboveMs }), ...result }
  })
  const samples = rows.reduce((sum, { requests }) => sum + requests, 0)
  return { ...longest(details), samples, details, sql }
}

// `spike-2` is followed by `recovery-2`.
function cyclesOf(timeline: readonly TimedPhase[]): Cycle[] {
  return timeline.flatMap((recovery, index) => {
    const disturbance = timeline[index - 1]
    const isRecovery = /^recovery(-|$)/.test(recovery.name)
    return isRecovery && disturbance ? [{ name: disturbance.name, recovery }] : []
  })
}

// The phase before the first disturbance, whatever its name.
function baselineOf(timeline: readonly TimedPhase[]): Span | undefined {
  const index = timeline.findIndex(({ name }) => /^recovery(-|$)/.test(name))
  const usual = timeline[index - 2]
  if (!usual) return undefined
  const startUs = Math.max(usual.startUs, usual.endUs - BASELINE_SECONDS_MAX * 1e6)
  return { startUs, endUs: usual.endUs }
}

function momentOf({ startUs, endUs }: Span): number {
  return Math.round(Math.min(1e6, (endUs - startUs) / BASELINE_MOMENTS))
}

function momentsSql(
  { condition, table }: { condition: string; table: string },
  { startUs, endUs }: Span,
  momentUs: number,
): string {
  return `WITH judged AS (SELECT at_us, duration_ms, failed FROM ${table} WHERE ${condition}),
usual AS (SELECT greatest(quantile_cont(duration_ms, 0.95), ${SLOW_FACTOR} * median(duration_ms)) AS slow_above_ms
  FROM judged WHERE NOT failed AND at_us >= ${startUs} AND at_us < ${endUs})
SELECT CAST(floor((at_us - ${endUs}) / ${momentUs}) AS BIGINT) AS moment, count(*) AS requests,
  count(*) FILTER (failed OR duration_ms > slow_above_ms) AS slow, any_value(slow_above_ms) AS slow_above_ms
FROM judged, usual GROUP BY 1 ORDER BY 1`
}

// A target that answers nothing up to the end is silent, and the run is not over for it.
async function endOf({ database, isWhole, timeline }: MeasureContext): Promise<number> {
  if (isWhole) return timeline.at(-1)?.endUs ?? 0
  const [row] = await database.rows<{ last_us: number | null }>(
    'SELECT max(at_us) AS last_us FROM (SELECT at_us FROM samples UNION ALL SELECT at_us FROM requests)',
  )
  return row?.last_us ?? 0
}

function cycleResult(cycle: string, found: Recovery, momentSeconds: number): CycleResult {
  const secondsOf = (moments: number): number => Number((moments * momentSeconds).toFixed(3))
  if (found.outcome === 'NO_BASELINE') {
    const { served, needed } = found
    return {
      cycle,
      outcome: 'NO_DATA',
      reason: reason('BASELINE_TOO_SMALL', { cycle, served, needed }),
    }
  }
  if (found.outcome === 'TOO_SHORT') {
    const data = { cycle, seconds: secondsOf(found.observed), needed: secondsOf(found.needed) }
    return { cycle, outcome: 'NO_DATA', reason: reason('RECOVERY_TOO_SHORT', data) }
  }
  const usual = { usualShare: found.usual.share, limitShare: found.usual.limit }
  return found.outcome === 'RECOVERED'
    ? { cycle, outcome: 'RECOVERED', recoverySeconds: secondsOf(found.after), ...usual }
    : { cycle, outcome: 'NOT_RECOVERED', observedSeconds: secondsOf(found.observed), ...usual }
}

function longest(
  results: readonly CycleResult[],
): Pick<Measurement, 'value' | 'reason' | 'isMissed'> {
  for (const result of results) {
    if (result.outcome !== 'NOT_RECOVERED') continue
    const { cycle, observedSeconds } = result
    return {
      reason: reason('NOT_RECOVERED', { cycle, seconds: observedSeconds }),
      isMissed: true,
    }
  }
  for (const result of results) if (result.outcome === 'NO_DATA') return { reason: result.reason }
  const seconds = results.flatMap((each) =>
    each.outcome === 'RECOVERED' ? [each.recoverySeconds] : [],
  )
  return { value: Math.max(...seconds) * 1_000 }
}
