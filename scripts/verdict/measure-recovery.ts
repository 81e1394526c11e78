import type { Objective } from '../sla/objective.ts'
import type { MeasureContext, Measurement } from './measurement.ts'
import { reason } from './reasons.ts'
import { selectionOf } from './selection.ts'
import { LEAST_BASELINE_SECONDS, type RunSecond } from './statistics/baseline-band.ts'
import { measureRecovery, type Recovery } from './statistics/recovery.ts'
import type { TimedPhase } from './timeline.ts'

/** At most so much of the usual load before the first disturbance tells what is normal. */
const BASELINE_SECONDS_MAX = 60

/** A little more than the statistics need: one moment may be odd. */
const BASELINE_BINS = LEAST_BASELINE_SECONDS + 4

/** One disturbance and what came after it. */
interface Cycle {
  name: string
  disturbance: TimedPhase
  recovery: TimedPhase
}

/**
 * The longest of a run's recoveries: from the end of a spike until the API is as before it, for five
 * moments in a row. A moment is a second, or less in a run whose time is shrunk.
 */
export async function measureRecoveryTime(
  objective: Objective,
  context: MeasureContext,
): Promise<Measurement> {
  const { timeline } = context
  const cycles = cyclesOf(timeline)
  const baseline = timeline
    .filter(({ endUs }) => endUs <= (cycles[0]?.disturbance.startUs ?? 0))
    .at(-1)
  const everywhere = timeline.map(({ name }) => name)
  const { condition } = selectionOf(objective, context, everywhere)
  if (!baseline)
    return {
      samples: 0,
      reason: reason('NOT_MEASURED', { why: 'there was no spike to recover from' }),
      sql: '',
    }

  const baselineSeconds = Math.min(BASELINE_SECONDS_MAX, (baseline.endUs - baseline.startUs) / 1e6)
  const binUs = Math.round(Math.min(1, baselineSeconds / BASELINE_BINS) * 1e6)
  const sql = `SELECT CAST(floor((at_us - ${baseline.endUs}) / ${binUs}) AS BIGINT) AS second,
  quantile_cont(duration_ms, 0.95) FILTER (NOT failed) AS p95_ms,
  1 - sum(failed::INT) / count(*) AS good_share, count(*) AS requests
FROM requests WHERE ${condition} GROUP BY 1 ORDER BY 1`
  const moments = (await context.database.rows<Moment>(sql)).map(toRunSecond)
  const bin = (us: number): number => Math.floor((us - baseline.endUs) / binUs)
  const results = cycles.map(({ name, disturbance, recovery }) => {
    const found = measureRecovery({
      seconds: moments.filter(({ second }) => second < bin(recovery.endUs)),
      baseline: { startSecond: bin(baseline.endUs - baselineSeconds * 1e6), endSecond: 0 },
      disturbance: { startSecond: bin(disturbance.startUs), endSecond: bin(disturbance.endUs) },
    })
    return { cycle: name, ...inSeconds(found, binUs / 1e6) }
  })
  const samples = moments.reduce((sum, { requests }) => sum + requests, 0)
  return { ...longest(results), samples, details: results, sql }
}

// `spike-2` is followed by `recovery-2`.
function cyclesOf(timeline: readonly TimedPhase[]): Cycle[] {
  return timeline.flatMap((recovery, index) => {
    const disturbance = timeline[index - 1]
    const isRecovery = /^recovery(-|$)/.test(recovery.name)
    return isRecovery && disturbance ? [{ name: disturbance.name, disturbance, recovery }] : []
  })
}

interface Moment {
  second: number
  p95_ms: number | null
  good_share: number
  requests: number
}

function toRunSecond({ second, p95_ms, good_share, requests }: Moment): RunSecond {
  return { second, p95Ms: p95_ms ?? undefined, goodShare: good_share, requests }
}

function inSeconds(found: Recovery, binSeconds: number): Recovery {
  if (found.outcome === 'RECOVERED') {
    return { ...found, recoverySeconds: found.recoverySeconds * binSeconds }
  }
  if (found.outcome === 'NOT_RECOVERED') {
    return { ...found, observedSeconds: found.observedSeconds * binSeconds }
  }
  return found
}

/** How one disturbance of a run ended. */
export type CycleResult = { cycle: string } & Recovery

function longest(
  results: readonly CycleResult[],
): Pick<Measurement, 'value' | 'reason' | 'isMissed'> {
  for (const result of results) {
    if (result.outcome !== 'NOT_RECOVERED') continue
    const watched = `${result.observedSeconds.toFixed(1)} s`
    return {
      reason: reason('NOT_MEASURED', {
        why: `NOT_RECOVERED from ${result.cycle} within the ${watched} that were left`,
      }),
      isMissed: true,
    }
  }
  for (const result of results) {
    if (result.outcome === 'NO_DATA') {
      return { reason: reason('NOT_MEASURED', { why: `${result.cycle}: ${result.reason}` }) }
    }
  }
  const seconds = results.flatMap((each) =>
    each.outcome === 'RECOVERED' ? [each.recoverySeconds] : [],
  )
  return { value: Math.max(...seconds) * 1_000 }
}
