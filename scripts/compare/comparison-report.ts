import pc from 'picocolors'
import { formatMeasure } from '../core/format-measure.ts'
import type { ComparedRow, Hint } from '../verdict/compared-row.ts'
import type { RunComparison } from './compare-runs.ts'
import { formatDifference, formatDifferences } from '../statistics/difference-scale.ts'
import { trafficWords } from '../verdict/verdict-file.ts'
import { terminalTable } from '../core/plain-table.ts'
import type { RunFigures } from './run-figures.ts'

export interface ComparisonReport {
  baseline: RunFigures
  candidate: RunFigures
  warnings: readonly string[]
  comparison: RunComparison
}

const HEAD = ['Baseline', 'Candidate', 'Difference', '90% interval', '']

/** Two runs side by side, for the terminal. */
export function comparisonReport(report: ComparisonReport): string {
  const { baseline, candidate, warnings, comparison } = report
  const { objectives, endpoints } = comparison
  const lacking = [baseline, candidate].filter((run) => run.endpoints.length === 0)
  return [
    '',
    `${pc.yellow('INDICATIVE')}  ${candidate.scenario} on ${candidate.workload}: one run each is no proof`,
    '  Two runs of the same code differ by chance; "compare --pairs 10" can tell.',
    `Baseline        ${runLine(baseline)}`,
    `Candidate       ${runLine(candidate)}`,
    ...warnings.map((warning) => pc.yellow(`  not the same  ${warning}`)),
    '',
    terminalTable(['Objective', 'Indicator', ...HEAD], objectives.map(cells)),
    '',
    ...(lacking.length > 0
      ? lacking.map(({ id }) => `${id} has no samples.parquet: its endpoints are unknown`)
      : [terminalTable([trafficWords(candidate).name, '', ...HEAD], endpoints.map(cells))]),
    '',
    'Intervals cover what varies within a run, and not what differs between two runs.',
  ].join('\n')
}

function runLine({ id, verdict, startedAt, commit }: RunFigures): string {
  const code = commit === undefined ? '' : `, commit ${commit.slice(0, 10)}`
  return `${id} (${verdict}, ${startedAt}${code})`
}

function cells({ name, indicator, unit, scale, hint, ...row }: ComparedRow): string[] {
  const value = (amount: number | undefined): string =>
    amount === undefined ? '-' : formatMeasure(amount, unit)
  const { estimate, interval } = row.difference ?? {}
  return [
    name,
    indicator,
    value(row.baseline),
    value(row.candidate),
    estimate === undefined ? '-' : formatDifference(scale, estimate),
    interval ? formatDifferences(scale, interval) : '-',
    coloured(hint),
  ]
}

function coloured(hint: Hint): string {
  if (hint === 'worse') return pc.red(hint)
  return hint === 'better' ? pc.green(hint) : hint
}
