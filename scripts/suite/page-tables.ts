import { dataTable } from '../report/html/data-table.ts'
import { lengthOf } from '../report/html/format-text.ts'
import { html, type Html, type HtmlValue } from '../report/html/html.ts'
import { stateMark } from '../report/html/state-mark.ts'
import { causeOf, criteriaOf, figuresOf, recommendationsOf } from './suite-rows.ts'
import { type CommandState, runsOf, type RunState, type SuiteState } from './suite-state.ts'

/** A row for each run; its name leads to its report. */
export function runsSection(state: SuiteState): Html {
  const phases = new Map(state.phases.flatMap(({ name, runs }) => runs.map((run) => [run, name])))
  const runs = runsOf(state)
  const hasCause = runs.some((run) => causeOf(run) !== '')
  return html`<div class="runs">
    ${dataTable<RunState>({
      caption: 'Runs in order; the name of a run links to its report, p95 is shown with its limit',
      columns: [
        { head: 'Run', isRowHead: true, cell: linkOf },
        { head: 'Verdict', cell: verdictOf },
        ...(hasCause ? [{ head: 'Cause', cell: causeOf }] : []),
        { head: 'p95', isNumber: true, cell: p95Of },
        { head: 'Errors', isNumber: true, cell: (run) => figuresOf(run).errors },
        { head: 'Rate', isNumber: true, cell: (run) => figuresOf(run).rate },
        { head: 'Phase', cell: (run) => phases.get(run) ?? '' },
        { head: 'Scenario', cell: ({ outcome }) => outcome?.scenario ?? '' },
        { head: 'Workload', cell: ({ outcome }) => outcome?.workload ?? '' },
      ],
      rows: runs,
    })}
  </div>`
}

// Of plain path segments: a folder may be called anything.
function linkOf({ number, label, outcome }: RunState): HtmlValue {
  const text = `${number} ${label}`
  if (!outcome?.hasReport) return text
  return html`<a href="../${encodeURIComponent(outcome.folder)}/report.html">${text}</a>`
}

function verdictOf({ outcome, startedAt }: RunState): HtmlValue {
  if (outcome) return stateMark(outcome)
  return startedAt === undefined ? 'not started' : 'no verdict'
}

function p95Of(run: RunState): HtmlValue {
  const isMissed = run.outcome?.p95?.isMet === false
  const { p95 } = figuresOf(run)
  return isMissed ? html`<b>${p95}</b>` : p95
}

/** The success criteria, and whether they are met. */
export function criteriaSection(state: SuiteState): Html {
  return dataTable({
    caption: 'Success criteria',
    columns: [
      { head: 'Criterion', isRowHead: true, cell: ({ text }) => text },
      { head: 'Found', cell: ({ found }) => found },
      { head: 'Met', cell: ({ isKept }) => stateMark({ verdict: isKept ? 'PASS' : 'FAIL' }) },
    ],
    rows: criteriaOf(state),
  })
}

/** Each with the figure behind it; undefined where there is none. */
export function recommendationsSection(state: SuiteState): Html | undefined {
  const found = recommendationsOf(state)
  if (found.length === 0) return undefined
  return html`<ol class="todo">
    ${found.map(
      ({ run, figure, advice }) =>
        html`<li>
          <b>${linkOf(run)}</b>: ${figure}.<br />
          ${advice}
        </li>`,
    )}
  </ol>`
}

interface CommandRow extends CommandState {
  phase: string
  kind: 'prepare' | 'cleanup'
}

/** The shell commands of all phases and how each has ended; undefined where there are none. */
export function commandsSection({ phases }: SuiteState): Html | undefined {
  const rows = phases.flatMap(({ name, prepare, cleanup }): CommandRow[] => [
    ...prepare.map((each) => ({ ...each, phase: name, kind: 'prepare' as const })),
    ...cleanup.map((each) => ({ ...each, phase: name, kind: 'cleanup' as const })),
  ])
  if (rows.length === 0) return undefined
  return dataTable<CommandRow>({
    caption: 'Shell commands; their output is in the .log files of this folder',
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

function endOf({ exitCode, trouble }: CommandRow): string {
  if (trouble !== undefined) return trouble
  return exitCode === undefined ? 'was not started' : `exit code ${exitCode}`
}
