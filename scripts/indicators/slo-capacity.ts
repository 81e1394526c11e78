import { measureCapacity } from './from-samples/measure-capacity.ts'
import type { IndicatorRecord } from './indicator-record.ts'

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
  k6Check: undefined,
  measure: measureCapacity,
  subject: undefined,
  live: undefined,
  fromSeries: undefined,
  alert: undefined,
}
