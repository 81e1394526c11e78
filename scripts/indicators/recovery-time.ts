import { type CycleResult, measureRecoveryTime } from './from-samples/measure-recovery.ts'
import { ofMeasured, type Place, type Subject } from './from-samples/subject.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import type { Objective } from './objective.ts'

/** Time until the service is back to normal after a spike or fault. */
export const recoveryTime: IndicatorRecord<'recovery-time'> = {
  schema: 'time until the service is back to normal after a spike or fault',
  read: () => ({ kind: 'recovery-time' }),
  write: () => '',
  text: () => 'recovery-time',
  limitRule: () => ({ unit: 'ms', better: 'low' }),
  samplesNeeded: () => 1,
  metricTypes: undefined,
  isProportion: false,
  needsInterval: false,
  hasWindows: false,
  inSteps: undefined,
  inPartOfLoad: true,
  ofOperations: true,
  k6Check: undefined,
  measure: measureRecoveryTime,
  subject: subjectOfRecovery,
  live: undefined,
  fromSeries: undefined,
  alert: { by: 'recovery' },
}

// The rows of the recoveries that took too long.
function subjectOfRecovery(
  objective: Objective<'recovery-time'>,
  { details, timeline, selectionIn }: Place,
): Subject | undefined {
  const late = (details as CycleResult[]).filter(
    (cycle) =>
      cycle.outcome === 'NOT_RECOVERED' ||
      (cycle.outcome === 'RECOVERED' && cycle.recoverySeconds * 1_000 >= objective.limit.value),
  )
  const [first] = late
  if (first?.slowAboveMs === undefined || first.outcome === 'NO_DATA') return undefined
  const names = late.map(({ cycle }) => cycle)
  const phases = timeline.filter((_, index) => names.includes(timeline[index - 1]?.name ?? ''))
  return {
    ...ofMeasured(objective, selectionIn(phases.map(({ name }) => name))),
    kind: 'unrecovered',
    bad: `(failed OR duration_ms > ${first.slowAboveMs})`,
    allowed: first.usualShare,
    measure: undefined,
  }
}
