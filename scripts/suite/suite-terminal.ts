import { join } from 'node:path'
import pc from 'picocolors'
import { cut } from '../core/printable.ts'
import { terminalTable } from '../core/plain-table.ts'
import { shownPath } from '../core/console.ts'
import { coloured } from '../report/verdict-tables.ts'
import { clock, count } from '../core/format-measure.ts'
import { countText } from './judge-suite.ts'
import { causeOf, criteriaOf, figuresOf, recommendationsOf } from './suite-rows.ts'
import { type PhaseState, runsOf, type RunState, type SuiteState } from './suite-state.ts'
import { expectedSeconds, progressText } from './suite-progress.ts'
import { goneBecause } from './process-identity.ts'

const CAUSE_MAX = 70
const RECOMMENDATIONS_SHOWN = 12

/** The end of a suite: its verdict, a table of its runs, criteria, and what to do next. */
export function renderSuite(state: SuiteState, folder: string): string {
  const { result, name, id } = state
  const found = recommendationsOf(state)
  const left = found.length - RECOMMENDATIONS_SHOWN
  return [
    '',
    `${result ? coloured(result) : 'NOT ENDED'}  suite ${name} (${id}): ${countText(state)}`,
    ...(result?.reasons ?? []).map((text) => `  - ${text}`),
    '',
    runTable(state, folder),
    '',
    ...criteriaOf(state).map(({ text, found: seen, isKept }) => {
      return `${isKept ? pc.green('met') : pc.red('not met')}  ${text}: ${seen}`
    }),
    ...(found.length === 0 ? [] : ['', 'What to do next']),
    ...found.slice(0, RECOMMENDATIONS_SHOWN).map(({ run, figure, advice }) => {
      return `  ${run.number} ${run.label}: ${figure}\n    ${advice}`
    }),
    ...(left > 0 ? [`  ${left} more in report.html`] : []),
    '',
    `Report  ${shownPath(join(folder, 'report.html'))}`,
  ].join('\n')
}

/**
 * Every run so far, with its figures and its report.
 *
 * @param active the word for a run that has begun and not ended
 */
export function runTable(state: SuiteState, folder: string, active = 'running'): string {
  const head = [
    'Run',
    '',
    'Scenario',
    'Workload',
    'Verdict',
    'p95',
    'Errors',
    'Rate',
    'Report or cause',
  ]
  const rows = runsOf(state).map((run) => {
    const { outcome } = run
    const { p95, errors, rate } = figuresOf(run)
    return [
      ...[String(run.number), run.label, outcome?.scenario ?? '-', outcome?.workload ?? '-'],
      outcome ? coloured(outcome) : stateText(run, active),
      ...[p95, errors, rate],
      outcome
        ? shownPath(join(folder, '..', outcome.folder, 'report.html'))
        : cut(causeOf(run), CAUSE_MAX),
    ]
  })
  return terminalTable(head, rows)
}

function stateText({ startedAt, endedAt, notStarted }: RunState, active: string): string {
  if (endedAt !== undefined) return pc.red('no verdict')
  if (notStarted) return 'not started'
  return startedAt === undefined ? 'waiting' : active
}

/** What a suite would run, for `--check`. */
export function suiteCheckText(state: SuiteState): string {
  const { file, phases } = state
  return [
    `${file} has no mistakes: ${count(runsOf(state).length, 'run')}, about ${clock(expectedSeconds(state))}. Nothing was started.`,
    ...phases.flatMap(phaseLines),
  ].join('\n')
}

function phaseLines({ name, isParallel, prepare, cleanup, runs }: PhaseState): string[] {
  return [
    `${name}${isParallel ? ', its runs at once' : ''}`,
    ...prepare.map(({ command }) => `  prepare  ${command}`),
    ...runs.map(({ number, command, allowed, plannedSeconds }) => {
      const seconds = plannedSeconds === undefined ? '' : `, ${Math.round(plannedSeconds)} s`
      return `  run ${number}    ${command} (${allowed.join(' or ')}${seconds})`
    }),
    ...cleanup.map(({ command }) => `  cleanup  ${command}`),
  ]
}

/** Where a suite is, or how it ended. */
export function statusText(state: SuiteState, folder: string, nowMs: number): string {
  if (state.result) return renderSuite(state, folder).trimStart()
  const { id, process: by, startedAt } = state
  const gone = goneBecause(by)
  const since = clock((nowMs - Date.parse(startedAt)) / 1_000)
  const where =
    gone === undefined
      ? `RUNNING  ${id} for ${since}: ${progressText(state, nowMs)} (process ${by.pid})`
      : `NOT RUNNING  ${id}: ${gone}, and it left no verdict`
  return [where, '', runTable(state, folder, gone === undefined ? 'running' : 'lost')].join('\n')
}
