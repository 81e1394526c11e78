import type { IndicatorRecord } from './indicator-record.ts'
import { measuredOf } from './measured.ts'
import { minimumSamples } from './missed-by-few.ts'
import type { Objective } from './objective.ts'
import { judgedPhases } from './judged-span.ts'
import type { MeasureContext, Measurement, WindowValue } from './from-samples/measurement.ts'
import { courseOf, type TimedPhase } from './timeline.ts'
import { reason } from '../reasons/reasons.ts'
import { ofMeasured, type Place, selectionOf, type Subject } from './from-samples/subject.ts'
import { driftOf, type DriftWindow } from '../statistics/theil-sen.ts'
import { median } from '../statistics/quantile.ts'

/** So many that the interval of the slope is narrow, and so few that hardly one resembles the one before. */
const WINDOWS = 16

/** Windows that must have enough requests. */
const WINDOWS_NEEDED = 12

/** What the report needs of a drift. Plain JSON. */
export interface DriftDetails {
  lengthSeconds: number
  windows: WindowValue[]
}

/** How much a latency percentile grows from the start of the run to its end. */
export const drift: IndicatorRecord<'drift'> = {
  schema: {
    type: 'string',
    pattern: '^latency\\.p[1-9]\\d?(\\.\\d{1,3})?$',
    description: 'How much a latency percentile grows from the start of the run to its end.',
    examples: ['latency.p95'],
  },
  read: (value) => ({ kind: 'drift', percentile: Number(value.replace('latency.p', '')) }),
  write: ({ percentile }) => `latency.p${percentile}`,
  text: ({ percentile }) => `drift of latency p${percentile}`,
  limitRule: () => ({ unit: 'ratio', better: 'low' }),
  samplesNeeded: () => 1,
  metricTypes: undefined,
  isProportion: false,
  needsInterval: false,
  hasWindows: false,
  inSteps: undefined,
  inPartOfLoad: true,
  ofOperations: true,
  k6Check: undefined,
  measure: measureDrift,
  subject: subjectOfDrift,
  live: undefined,
  fromSeries: undefined,
  alert: undefined,
}

/**
 * How much a latency percentile has grown from the start of the constant load to its end. While the load
 * itself changes, so does the latency, and that is no drift.
 */
async function measureDrift(
  objective: Objective<'drift'>,
  context: MeasureContext,
): Promise<Measurement> {
  const { percentile } = objective.indicator
  const { table } = measuredOf(objective)
  const level = levelPhases(objective, context)
  const { condition, spans, seconds } = selectionOf(objective, context, level)
  const startUs = spans[0]?.startUs ?? 0
  const lengthUs = Math.max(1, Math.ceil((seconds * 1e6) / WINDOWS))
  const sql = `SELECT CAST(floor((at_us - ${startUs}) / ${lengthUs}) AS BIGINT) AS number, count(*) AS samples,
  quantile_cont(duration_ms, ${percentile / 100}) AS value
FROM ${table} WHERE NOT failed AND ${condition}
GROUP BY 1 HAVING samples >= ${minimumSamples(percentile)} AND value > 0 ORDER BY 1`
  const rows = await context.database.rows<DriftWindow & { samples: number }>(sql)
  const samples = rows.reduce((sum, each) => sum + each.samples, 0)
  if (rows.length < WINDOWS_NEEDED) {
    const data = { windows: rows.length, of: WINDOWS, needed: WINDOWS_NEEDED }
    return { samples, reason: reason('TOO_FEW_DRIFT_WINDOWS', data), sql }
  }
  const { drift, interval } = driftOf(rows)
  const windows = rows.map(({ number, value, samples }) => {
    return { startUs: startUs + number * lengthUs, value, samples }
  })
  const details: DriftDetails = { lengthSeconds: lengthUs / 1e6, windows }
  // Its windows are latencies: no limit of a drift is theirs.
  return { samples, value: drift, interval, details, sql }
}

// What is slower than the percentile was in the first quarter, and may be at the end.
function subjectOfDrift(
  objective: Objective<'drift'>,
  { details, timeline, selectionIn }: Place,
): Subject | undefined {
  const { indicator, limit } = objective
  const { windows } = details as DriftDetails
  const first = windows.slice(0, Math.ceil(windows.length / 4)).map(({ value }) => value)
  const selection = selectionIn(levelPhases(objective, { timeline }))
  return {
    ...ofMeasured(objective, selection),
    kind: 'slow',
    condition: `NOT failed AND ${selection.condition}`,
    bad: `duration_ms > ${median(first) * (1 + limit.value)}`,
    allowed: 1 - indicator.percentile / 100,
    measure: undefined,
  }
}

function levelPhases(
  { phases }: Objective,
  { timeline }: Pick<MeasureContext, 'timeline'>,
): string[] {
  const judged = judgedPhases(phases, timeline)
  return timeline
    .filter((phase) => judged.includes(phase.name) && isLevel(phase))
    .map(({ name }) => name)
}

function isLevel(phase: TimedPhase): boolean {
  return courseOf(phase).every(({ target }) => target === phase.target)
}
