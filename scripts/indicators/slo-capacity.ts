import { type CapacityDetails, measureCapacity } from './from-samples/measure-capacity.ts'
import type { Place, Subject } from './from-samples/subject.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import type { Objective } from './objective.ts'

/** Highest iterations per second of a breakpoint run at which all other objectives held. */
export const sloCapacity: IndicatorRecord<'slo-capacity'> = {
  schema: 'highest iterations per second of a breakpoint run at which all other objectives held',
  read: () => ({ kind: 'slo-capacity' }),
  write: () => '',
  text: () => 'slo-capacity',
  limitRule: () => ({ unit: '/s', better: 'high' }),
  samplesNeeded: () => 1,
  metricTypes: undefined,
  isProportion: false,
  needsInterval: false,
  hasWindows: false,
  inSteps: 'all',
  inPartOfLoad: false,
  ofOperations: false,
  k6Check: undefined,
  measure: measureCapacity,
  subject: subjectOfCapacity,
  live: undefined,
  fromSeries: undefined,
  alert: undefined,
}

// What spoke against the first objective that broke, from the first step to the second broken one.
function subjectOfCapacity(
  _: Objective<'slo-capacity'>,
  { details, gates, subjectOf }: Place,
): Subject | undefined {
  const { steps, breakingPoint } = details as CapacityDetails
  const { bad } = breakingPoint
  const gate = gates.find(({ id }) => bad?.missedObjectives.includes(id))
  if (!bad || !gate) return undefined
  const phases = steps.slice(0, bad.index + 2).map(({ name }) => name)
  const subject = subjectOf({ ...gate.objective, phases })
  // Its number is not the capacity's.
  return subject && subject.kind !== 'too-few' ? { ...subject, measure: undefined } : undefined
}
