import { wrongValue } from '../core/usage-errors.ts'
import type { Indicator } from '../indicators/indicator.ts'

/** What two runs are compared by, over their judged phases. */
export type ComparisonMetric = { name: string } & Indicator<'latency' | 'error-ratio'>

/** Each gate is another chance of a false alarm. */
const GATES_MAX = 3

export const DEFAULT_GATES = 'p50,p95,error-ratio'

/**
 * Reads `--gate`: percentiles of the latency, or `error-ratio`.
 *
 * @throws ToolkitError `K6V_WRONG_VALUE` for anything else, a repeated one, or more than three
 */
export function parseGates(text: string): ComparisonMetric[] {
  const names = text.split(',').map((name) => name.trim())
  const gates = names.map(metricOf).filter((metric) => metric !== undefined)
  const isUsable = gates.length === names.length && new Set(names).size === names.length
  if (isUsable && gates.length <= GATES_MAX) return gates
  const rule = `up to ${GATES_MAX} different ones of error-ratio and percentiles such as p50,p95,p99.9`
  throw wrongValue('--gate', rule, text)
}

function metricOf(name: string): ComparisonMetric | undefined {
  if (name === 'error-ratio') return { name, kind: 'error-ratio' }
  const [, digits] = /^p(\d{1,2}(?:\.\d{1,3})?)$/.exec(name) ?? []
  const percentile = Number(digits)
  return percentile > 0 && percentile < 100 ? { name, kind: 'latency', percentile } : undefined
}
