import type { PairsFile } from './pairs-file.ts'
import { boundsText, ENDPOINT_HEAD, endpointRow, GATE_HEAD, gateRow } from './pairs-rows.ts'
import { settingsLine } from './pairs-terminal.ts'
import { markdownTable } from '../core/plain-table.ts'

/** `compare.md`: the result as a comment on a pull request. */
export function pairsMarkdown(file: PairsFile): string {
  const { verdict, scenario, workload, gates, endpoints, excluded, reasons } = file
  return [
    `## ${verdict}: ${scenario} on ${workload}`,
    '',
    `Candidate against baseline: ${boundsText(gates)}.`,
    '',
    ...(reasons.length > 0 ? [...reasons.map(({ text }) => `- ${text}`), ''] : []),
    markdownTable(GATE_HEAD, gates.map(gateRow)),
    '',
    settingsLine(file),
    ...excludedLines(excluded),
    ...(endpoints.length === 0
      ? []
      : [
          '',
          'Endpoints, for orientation: among so many numbers some differ by chance.',
          '',
          markdownTable(ENDPOINT_HEAD, endpoints.map(endpointRow)),
        ]),
  ].join('\n')
}

function excludedLines(excluded: PairsFile['excluded']): string[] {
  if (excluded.length === 0) return []
  const lines = excluded.map(({ pair, reasons }) => `- pair ${pair}: ${reasons.join('; ')}`)
  return ['', 'Left out:', '', ...lines]
}
