import { dataTable } from '../report/html/data-table.ts'
import { html, type Html } from '../report/html/html.ts'
import { lengthOf } from '../report/html/format-text.ts'
import type { CommandState, SuiteState } from './suite-state.ts'

interface Row extends CommandState {
  phase: string
  kind: 'prepare' | 'cleanup'
}

/** The shell commands of all phases and how each has ended; undefined where there are none. */
export function commandsSection({ phases }: SuiteState): Html | undefined {
  const rows = phases.flatMap(({ name, prepare, cleanup }): Row[] => [
    ...prepare.map((each) => ({ ...each, phase: name, kind: 'prepare' as const })),
    ...cleanup.map((each) => ({ ...each, phase: name, kind: 'cleanup' as const })),
  ])
  if (rows.length === 0) return undefined
  return dataTable<Row>({
    caption: 'Shell commands; what they printed is in the .log files of this folder',
    columns: [
      { head: 'Command', isRowHead: true, cell: ({ command }) => html`<code>${command}</code>` },
      { head: 'Phase', cell: ({ phase }) => phase },
      { head: 'Kind', cell: ({ kind }) => kind },
      {
        head: 'Took',
        isNumber: true,
        cell: ({ seconds }) => (seconds === undefined ? '' : lengthOf(seconds)),
      },
      { head: 'Ended', cell: endOf },
    ],
    rows,
  })
}

function endOf({ exitCode, trouble }: Row): string {
  if (trouble !== undefined) return trouble
  return exitCode === undefined ? 'was not started' : `exit code ${exitCode}`
}
