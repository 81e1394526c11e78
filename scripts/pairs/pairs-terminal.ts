import pc from 'picocolors'
import { formatDifference } from '../statistics/difference-scale.ts'
import { differenceOfPair } from './pair-difference.ts'
import type { ComparisonMetric } from './comparison-metric.ts'
import type { PairResult } from './pair-result.ts'
import type { PairsFile } from './pairs-file.ts'
import { boundsText, ENDPOINT_HEAD, endpointRow, GATE_HEAD, gateRow } from './pairs-rows.ts'
import { terminalTable } from '../core/plain-table.ts'

/** The end of a comparison by pairs. */
export function pairsReport(file: PairsFile, folder: string): string {
  const { verdict, scenario, workload, gates, endpoints, excluded, reasons } = file
  return [
    '',
    `${coloured(verdict)}  ${scenario} on ${workload}, candidate against baseline: ${boundsText(gates)}`,
    ...reasons.map(({ text }) => `  - ${text}`),
    '',
    terminalTable(
      GATE_HEAD,
      gates.map((gate) => [...gateRow(gate).slice(0, -1), coloured(gate.verdict)]),
    ),
    '',
    ...(endpoints.length > 0
      ? [
          'For orientation, no part of the verdict:',
          terminalTable(ENDPOINT_HEAD, endpoints.map(endpointRow)),
          '',
        ]
      : []),
    settingsLine(file),
    `Comparison      ${file.id}`,
    ...excluded.map(({ pair, reasons: why }) => `Left out        pair ${pair}: ${why.join('; ')}`),
    `Files           ${folder}`,
  ].join('\n')
}

/** How the numbers were made. */
export function settingsLine(file: PairsFile): string {
  const { pairs, pairsPlanned, margin, atMost, confidence, seed } = file
  const count =
    pairs.length === pairsPlanned ? `${pairs.length}` : `${pairs.length} of ${pairsPlanned}`
  const percent = (share: number): string => `${Number((100 * share).toFixed(1))}%`
  return (
    `${count} pairs, order left to chance (seed ${seed}); Hodges-Lehmann estimate, ` +
    `${percent(confidence)} interval, margin ${percent(margin)}` +
    (atMost === undefined ? '' : `, to be at most ${percent(atMost)}`)
  )
}

/** `pair 3 of 10  p50 +1.2%  p95 -0.4%`. */
export function pairLine(
  pair: PairResult,
  of: number,
  { gates, isUsable }: { gates: readonly ComparisonMetric[]; isUsable: boolean },
): string {
  const parts = gates.map((gate) => {
    const { scale, difference } = differenceOfPair(gate, pair)
    return `${gate.name} ${difference === undefined ? '-' : formatDifference(scale, difference)}`
  })
  const left = isUsable ? '' : '  left out'
  return `pair ${pair.pair} of ${of}  ${parts.join('  ')}${left}`
}

function coloured(verdict: string): string {
  if (verdict === 'IMPROVED' || verdict === 'NO_DIFFERENCE') return pc.green(verdict)
  if (verdict === 'NO_DATA' || verdict === 'NOT_PROVEN') return pc.yellow(verdict)
  return pc.red(verdict)
}
