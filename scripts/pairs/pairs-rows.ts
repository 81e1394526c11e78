import { formatMeasure } from '../core/format-measure.ts'
import { formatDifference, formatDifferences } from '../statistics/difference-scale.ts'
import type { GateResult } from './pair-result.ts'

export const GATE_HEAD = [
  'Metric',
  'Baseline',
  'Candidate',
  'Difference',
  'Interval',
  'Pairs',
  'Verdict',
]

/** `p50 at most +4%, p95 at least +8%`: how far each gate can be, in 19 of 20 cases. */
export function boundsText(gates: readonly GateResult[]): string {
  return gates.map(boundText).join(', ')
}

function boundText({ metric, scale, verdict, interval }: GateResult): string {
  if (!interval) return `${metric} unknown`
  return verdict === 'REGRESSION'
    ? `${metric} at least ${formatDifference(scale, interval.low)}`
    : `${metric} at most ${formatDifference(scale, interval.high)}`
}

/** One row of the table of gates. */
export function gateRow(gate: GateResult): string[] {
  return [gate.metric, ...valueCells(gate), String(gate.pairs), gate.verdict]
}

export const ENDPOINT_HEAD = [
  'Endpoint',
  'Metric',
  'Baseline',
  'Candidate',
  'Difference',
  'Interval',
]

/** One row of the table of endpoints, which has no verdicts. */
export function endpointRow(gate: GateResult & { endpoint: string }): string[] {
  return [gate.endpoint, gate.metric, ...valueCells(gate)]
}

function valueCells({ scale, baseline, candidate, estimate, interval }: GateResult): string[] {
  const unit = scale === 'ratio' ? 'ms' : 'ratio'
  const text = (value: number | undefined): string =>
    value === undefined ? '-' : formatMeasure(value, unit)
  return [
    text(baseline),
    text(candidate),
    estimate === undefined ? '-' : formatDifference(scale, estimate),
    interval ? formatDifferences(scale, interval) : '-',
  ]
}
