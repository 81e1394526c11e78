// Pure. The types of a script's own metrics, by what k6's summary says of them.
import type { Summary } from '../verdict/facts/read-summary.ts'
import type { MetricType } from '../indicators/k6-metrics.ts'
import { selectorOf } from './parse-threshold.ts'
import type { MetricTypes } from './threshold-objectives.ts'

/** Types by the name of the metric. */
export function typesIn(summary: Summary | undefined): MetricTypes {
  const entries = Object.entries(summary?.metrics ?? {})
  return Object.fromEntries(
    entries.map(([key, { values }]) => [selectorOf(key).base, typeOf(values)]),
  )
}

function typeOf(values: Record<string, number>): MetricType {
  if ('passes' in values) return 'rate'
  if ('count' in values && 'rate' in values) return 'counter'
  return 'value' in values ? 'gauge' : 'trend'
}
