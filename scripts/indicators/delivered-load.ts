import type { MeasureContext, Measurement } from './from-samples/measurement.ts'
import { plannedLoad } from './from-samples/measure-total.ts'
import { selectionOf } from './from-samples/subject.ts'
import { reason } from '../reasons/reasons.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { judgedPhases } from './judged-span.ts'
import type { Objective } from './objective.ts'

/** Share of the offered iterations that were started. */
export const deliveredLoad: IndicatorRecord<'delivered-load'> = {
  schema: 'share of the offered iterations that were started',
  read: () => ({ kind: 'delivered-load' }),
  write: () => '',
  text: () => 'delivered-load',
  limitRule: () => ({ unit: 'ratio', better: 'high', most: 1 }),
  samplesNeeded: () => 1,
  metricTypes: undefined,
  isProportion: false,
  needsInterval: false,
  hasWindows: false,
  inSteps: undefined,
  inPartOfLoad: false,
  ofOperations: false,
  k6Check: undefined,
  measure: measureDelivered,
  subject: undefined,
  live: undefined,
  fromSeries: undefined,
  alert: undefined,
}

/**
 * Share of the offered iterations that were started: in the open model of those that the rate asks for,
 * in the closed one of those that k6 did not drop.
 */
async function measureDelivered(
  objective: Objective,
  context: MeasureContext,
): Promise<Measurement> {
  const { condition, tags, spans } = selectionOf(objective, context)
  // k6 stamps an iteration when it ends; it was delivered when it began.
  const began = 'at_us - CAST(round(value * 1000) AS BIGINT)'
  const inTime = spans.map(({ startUs, endUs }) => `${began} >= ${startUs} AND ${began} < ${endUs}`)
  const sql = `SELECT started, dropped, greatest(${planned(objective, context)}, started + dropped) AS offered,
  started / offered AS value
FROM (SELECT count(*) FILTER (metric = 'iteration_duration' AND (${inTime.join(' OR ') || 'false'})) AS started,
  coalesce(sum(value) FILTER (metric = 'dropped_iterations' AND ${condition}), 0) AS dropped
FROM samples WHERE metric IN ('iteration_duration', 'dropped_iterations') AND ${tags})`
  const [row] = await context.database.rows<Record<'started' | 'dropped' | 'offered', number>>(sql)
  const { started = 0, dropped = 0, offered = 0 } = row ?? {}
  if (!context.isWhole) return { samples: started, reason: reason('RUN_CUT_SHORT', {}), sql }
  if (offered === 0) return { samples: 0, sql }
  const value = started / offered
  return { samples: started, value, details: { offered: Math.round(offered), dropped }, sql }
}

// Iterations that the rate asks for; nobody asks for any in the closed model.
function planned({ phases: wanted }: Objective, { plan, timeline }: MeasureContext): number {
  if (plan.model !== 'open') return 0
  const phases = judgedPhases(wanted, timeline)
  return timeline
    .filter(({ name }) => phases.includes(name))
    .reduce((sum, phase) => sum + plannedLoad([phase], phase.startUs, phase.endUs), 0)
}
