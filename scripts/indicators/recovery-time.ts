import { measureRecoveryTime } from './from-samples/measure-recovery.ts'
import type { IndicatorRecord } from './indicator-record.ts'

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
  k6Check: undefined,
  measure: measureRecoveryTime,
  subject: undefined,
  live: undefined,
  fromSeries: undefined,
  alert: { by: 'recovery' },
}
