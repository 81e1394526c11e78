import { formatMeasure, number } from '../../core/format-measure.ts'
import { dataTable } from './data-table.ts'
import { clock } from './format-text.ts'
import { html, type Html } from './html.ts'
import type { NumberedObjective } from './sla-section.ts'
import { stateMark } from './state-mark.ts'

/** What stands behind a row of the SLA table; closed until somebody wants it. */
export function objectiveDetails(row: NumberedObjective): Html {
  const { id, number, description, reason, phases, sql } = row
  return html`<details>
    <summary>${id} ${stateMark(row)}</summary>
    <div id="objective-${number}">
      ${description && html`<p>${description}</p>`} ${reason && html`<p>${reason.text}</p>`}
      ${phases && html`<p>Judged phases: ${listed(phases.judged)}. Left out: ${listed(phases.excluded)}.</p>`}
      ${windowsTable(row)}
      ${
        sql &&
        html`<p>The SQL that gives the number again, over <code>samples.parquet</code>:</p>
          <pre tabindex="0"><code>${sql}</code></pre>`
      }
    </div>
  </details>`
}

function windowsTable({ id, windows, unit }: NumberedObjective): Html | undefined {
  if (!windows || windows.violating === 0) return undefined
  const { violated, violating, longestStreak, longestStreakAt } = windows
  const streak = longestStreakAt === undefined ? '' : ` from ${clock(longestStreakAt)} on`
  return html`<p>The longest streak has ${longestStreak} in a row${streak}.</p>
    ${dataTable({
      caption: `${id}: ${violated.length} of ${violating} windows that miss the limit (UTC)`,
      columns: [
        { head: 'From', isRowHead: true, cell: ({ at }) => clock(at) },
        {
          head: 'Measured',
          isNumber: true,
          cell: ({ value }) => (value === undefined ? 'nothing' : formatMeasure(value, unit)),
        },
        { head: 'Samples', isNumber: true, cell: ({ samples }) => number(samples) },
      ],
      rows: violated,
    })}`
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}
