import { minimumSamples } from '../sla/minimum-samples.ts'
import type { Objective } from '../sla/objective.ts'
import { judgedPhases } from '../sla/judged-span.ts'
import type { MeasureContext, Measurement } from './measurement.ts'
import { percentilesOverTime } from './percentile-course.ts'
import { reason } from './reasons.ts'
import { selectionOf } from './selection.ts'
import { judgeDrift } from './statistics/drift.ts'
import { windowSql } from './windows-of.ts'

/** Enough for the tests, and each long enough to be steady. */
const WINDOWS = 90

/**
 * How much a latency percentile has grown from the start of the constant load to its end. While the load
 * itself changes, so does the latency, and that is no drift.
 */
export async function measureDrift(
  objective: Objective,
  percentile: number,
  context: MeasureContext,
): Promise<Measurement> {
  const { database, timeline, seed } = context
  const judged = judgedPhases(objective.phases, timeline)
  const level = timeline.filter(({ name, fromTarget, target }) => {
    return judged.includes(name) && fromTarget === target
  })
  const selection = selectionOf(
    objective,
    context,
    level.map(({ name }) => name),
  )
  // Rounded down, or the last window would not fit.
  const lengthSeconds = Math.max(0.5, Math.floor((selection.seconds / WINDOWS) * 1e6) / 1e6)
  const { values } = await percentilesOverTime(database, {
    percentile,
    selection: { ...selection, condition: `NOT failed AND ${selection.condition}` },
    lengthSeconds,
    minimumSamples: minimumSamples(percentile),
  })
  const sql = `SELECT ${windowSql(selection, lengthSeconds)} AS number, count(*) AS samples,
  quantile_cont(duration_ms, ${percentile / 100}) AS value
FROM requests WHERE NOT failed AND ${selection.condition} GROUP BY 1 ORDER BY 1`
  const samples = values.reduce((sum, each) => sum + each.samples, 0)
  const drift = judgeDrift(
    values.map(({ value }) => value),
    { seed },
  )
  if (drift.outcome === 'NO_DATA')
    return {
      samples,
      reason: reason('NOT_MEASURED', { why: `${drift.reason} of constant load` }),
      sql,
    }
  const { interval, significant, pHamedRao, pBlocks } = drift
  return {
    samples,
    value: drift.drift,
    // What two tests do not find may be noise, however large it looks.
    interval: significant ? interval : { low: Math.min(interval.low, 0), high: interval.high },
    // Its windows are latencies: no limit of a drift is theirs.
    details: { significant, pHamedRao, pBlocks, windows: { lengthSeconds, values } },
    sql,
  }
}
