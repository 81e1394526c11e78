import { formatDifference, formatDifferences } from '../../statistics/difference-scale.ts'
import type { ComparedRow } from '../../verdict/compared-row.ts'
import { formatMeasure } from '../../core/format-measure.ts'
import { type Column, dataTable } from './data-table.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'

const COLUMNS: readonly Column<ComparedRow>[] = [
  { head: 'Objective', cell: ({ name }) => name, isRowHead: true },
  { head: 'Last run', cell: ({ baseline, unit }) => valueOf(baseline, unit), isNumber: true },
  { head: 'This run', cell: ({ candidate, unit }) => valueOf(candidate, unit), isNumber: true },
  { head: 'Difference', cell: differenceOf, isNumber: true },
  { head: '90% interval', cell: intervalOf, isNumber: true },
  { head: 'Hint', cell: ({ hint }) => hint },
]

/** What is different from the last run of the same load; undefined when there was none. */
export function sinceLastSection({ sinceLast }: ReportFile): Html | undefined {
  if (!sinceLast) return undefined
  const { id, verdict, startedAt, warnings, objectives } = sinceLast
  return html`<p>
      Against <code>${id}</code> (${verdict}, ${startedAt}). Indicative: two runs of the same code
      differ by chance, and the intervals cover only what varies within a run.
    </p>
    ${warnings.length > 0 && html`<p>Not the same: ${warnings.join('; ')}.</p>`}
    ${dataTable({ caption: 'Objectives of the last run and of this one', columns: COLUMNS, rows: objectives })}`
}

function valueOf(value: number | undefined, unit: ComparedRow['unit']): string {
  return value === undefined ? '-' : formatMeasure(value, unit)
}

function differenceOf({ difference, scale }: ComparedRow): string {
  return difference ? formatDifference(scale, difference.estimate) : '-'
}

function intervalOf({ difference, scale }: ComparedRow): string {
  return difference?.interval ? formatDifferences(scale, difference.interval) : '-'
}
