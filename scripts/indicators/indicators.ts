import { apdex } from './apdex.ts'
import { deliveredLoad } from './delivered-load.ts'
import { drift } from './drift.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import type { Indicator, IndicatorName } from './indicator.ts'
import { latency } from './latency.ts'
import { availability, errorRatio } from './ratios.ts'
import { recoveryTime } from './recovery-time.ts'
import type { Objective } from './objective.ts'
import { server } from './server.ts'
import { share } from './share.ts'
import { sloCapacity } from './slo-capacity.ts'
import { statistic } from './statistic.ts'
import { count, rate } from './totals.ts'
import type { MeasureContext, MeasuredValue, Measurement } from './from-samples/measurement.ts'

/** Every indicator, in the order in which the SLA format lists them. */
export const INDICATORS = {
  'error-ratio': errorRatio,
  availability,
  'delivered-load': deliveredLoad,
  'recovery-time': recoveryTime,
  'slo-capacity': sloCapacity,
  latency,
  rate,
  count,
  share,
  statistic,
  drift,
  apdex,
  server,
} satisfies { [Name in IndicatorName]: IndicatorRecord<Name> }

export const INDICATOR_NAMES = Object.keys(INDICATORS) as IndicatorName[]

/** Indicators that an SLA file writes as their name alone, and those with a value beside it. */
export const NAMES_ALONE = INDICATOR_NAMES.filter((name) => isAlone(name))
export const NAMES_WITH_VALUE = INDICATOR_NAMES.filter((name) => !isAlone(name))

function isAlone(name: IndicatorName): boolean {
  return typeof INDICATORS[name].schema === 'string'
}

/** All that is known of an indicator. */
export function recordOf({ kind }: Pick<Indicator, 'kind'>): IndicatorRecord {
  // The record of a name takes indicators of this name, which the compiler cannot follow.
  return INDICATORS[kind] as unknown as IndicatorRecord
}

/** Reads an indicator that the JSON Schema has accepted. */
export function readIndicator(raw: string | Readonly<Record<string, unknown>>): Indicator {
  if (typeof raw === 'string') return recordOf({ kind: raw as IndicatorName }).read('', {})
  const name = NAMES_WITH_VALUE.find((each) => isNamed(raw, each))
  if (name === undefined) throw new Error('Expected an indicator that the schema accepts')
  return recordOf({ kind: name }).read(String(raw[name]), raw)
}

/** Whether an object names an indicator: further fields, such as `statistic`, may be names of others. */
export function isNamed(raw: Readonly<Record<string, unknown>>, name: IndicatorName): boolean {
  const { schema } = recordOf({ kind: name })
  if (!(name in raw) || typeof schema === 'string') return false
  return 'fields' in schema || Object.keys(raw).length === 1
}

/** In words, for tables and reasons: `latency p95`, `share of checks`, `availability of operations`. */
export function indicatorText({ indicator, of }: Measures): string {
  const text = recordOf(indicator).text(indicator)
  return of === 'operation' ? `${text} of operations` : text
}

/** As a label in Prometheus: `latency:p95`, `share:checks`, `error-ratio`, `operation:latency:p95`. */
export function indicatorLabel({ indicator, of }: Measures): string {
  const value = recordOf(indicator).write(indicator)
  const text = value === '' ? indicator.kind : `${indicator.kind}:${value}`
  return of === 'operation' ? `${of}:${text}` : text
}

type Measures = Pick<Objective, 'indicator' | 'of'>

/** Fewest samples that an objective can be judged with. */
export function samplesNeeded({ indicator }: { indicator: Indicator }): number {
  return recordOf(indicator).samplesNeeded(indicator)
}

/** Computes an objective's indicator from the judged tables. */
export function measure(objective: Objective, context: MeasureContext): Promise<Measurement> {
  return recordOf(objective.indicator).measure(objective, { ...context, measureValue })
}

async function measureValue(objective: Objective, context: MeasureContext): Promise<MeasuredValue> {
  const { samples, value, isMissed } = await measure(objective, context)
  if (isMissed) return { isMissed }
  return value === undefined || samples < samplesNeeded(objective) ? {} : { value }
}
