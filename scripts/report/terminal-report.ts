import Table from 'cli-table3'
import pc from 'picocolors'
import type { EndpointRow } from '../verdict/endpoint-table.ts'
import { formatMeasure } from '../verdict/format-measure.ts'
import type { RunVerdict } from '../verdict/judge.ts'
import type { ObjectiveResult } from '../verdict/judge-objective.ts'
import type { LoadDelivery } from '../verdict/load-delivered.ts'

/** Everything that the end of a run tells. */
export interface TerminalReport {
  title: string
  verdict: RunVerdict
  endpoints: EndpointRow[]
  delivery: LoadDelivery
  /** First distinct errors of k6's log. */
  errors: string[]
  /** Where the files are, as a person would type it. */
  folder: string
}

/** Errors shown; the rest is in k6.log. */
const ERRORS_SHOWN = 3

/** Draws the end of a run: verdict, objectives, endpoints, load, exceptions, files. */
export function renderReport(report: TerminalReport): string {
  const { title, verdict, endpoints, delivery, errors, folder } = report
  return [
    '',
    `${coloured(verdict.verdict)}  ${title}`,
    ...verdict.reasons.map((reason) => `  - ${reason}`),
    '',
    objectiveTable(verdict.objectives),
    '',
    endpointTable(endpoints),
    '',
    loadLine(delivery),
    ...exceptionLines(delivery, errors),
    `Files           ${folder}`,
  ].join('\n')
}

function objectiveTable(objectives: ObjectiveResult[]): string {
  const table = plainTable(['Objective', 'Limit', 'Measured', 'Samples', 'Verdict'])
  for (const row of objectives.filter(isJudged)) {
    const { id, level, indicator, limit, measured, samples, unit, verdict } = row
    table.push([
      level === 'advisory' ? `${id} (advisory)` : id,
      `${indicator} ${limit}`,
      measured === undefined ? '-' : formatMeasure(measured, unit),
      samples === undefined ? '-' : samples.toLocaleString('en-US'),
      coloured(verdict),
    ])
  }
  return [table.toString(), ...unjudgedLines(objectives)].join('\n')
}

/** `judged after the run: recovery (k6 has no recovery-time)`, one line for each kind. */
function unjudgedLines(objectives: ObjectiveResult[]): string[] {
  return (['judged after the run', 'not in this run'] as const).flatMap((kind) => {
    const rows = objectives.filter(({ verdict }) => verdict === kind)
    if (rows.length === 0) return []
    const reasons = [...new Set(rows.map(({ reason = '' }) => reason))]
    const groups = reasons.map((reason) => {
      const ids = rows.filter((row) => row.reason === reason).map(({ id }) => id)
      return `${ids.join(', ')} (${reason})`
    })
    return [pc.dim(`${kind}: ${groups.join('; ')}`)]
  })
}

function isJudged({ verdict }: ObjectiveResult): boolean {
  return verdict !== 'judged after the run' && verdict !== 'not in this run'
}

function endpointTable(rows: EndpointRow[]): string {
  const table = plainTable(['Endpoint', 'Requests', 'Rate', 'p50', 'p95', 'p99', 'Errors'])
  for (const { endpoint, count, ratePerSecond, p50Ms, p95Ms, p99Ms, errors, errorRatio } of rows) {
    const ms = (value: number | undefined): string =>
      value === undefined ? '-' : formatMeasure(value, 'ms')
    const share = errorRatio === undefined ? '' : ` (${formatMeasure(errorRatio, 'ratio')})`
    table.push([
      endpoint,
      count.toLocaleString('en-US'),
      formatMeasure(ratePerSecond, '/s'),
      ms(p50Ms),
      ms(p95Ms),
      ms(p99Ms),
      `${errors}${share}`,
    ])
  }
  return table.toString()
}

function loadLine(delivery: LoadDelivery): string {
  const { iterations, droppedIterations, deliveredRatio, usersReached, usersPlanned } = delivery
  const parts = [`${iterations.toLocaleString('en-US')} iterations`, `${droppedIterations} dropped`]
  if (deliveredRatio !== undefined)
    parts.push(`${formatMeasure(deliveredRatio, 'ratio')} delivered`)
  if (usersPlanned !== undefined)
    parts.push(`${usersReached ?? 0} of ${usersPlanned} users reached`)
  const { elapsedSeconds, plannedSeconds, authFailures } = delivery
  parts.push(`${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`)
  if (authFailures > 0) parts.push(`${authFailures} failed log-ins`)
  return `Load delivered  ${parts.join(', ')}`
}

function exceptionLines({ scriptExceptions }: LoadDelivery, errors: string[]): string[] {
  return [
    `Exceptions      ${scriptExceptions === 0 ? 'none' : pc.red(String(scriptExceptions))}`,
    ...errors.slice(0, ERRORS_SHOWN).map((error) => `  ${error.replaceAll('\n', '\n  ')}`),
    ...(errors.length > ERRORS_SHOWN ? [`  ${errors.length - ERRORS_SHOWN} more in k6.log`] : []),
  ]
}

function plainTable(head: string[]): Table.Table {
  const none = Object.fromEntries(BORDERS.map((border) => [border, '']))
  return new Table({
    head: head.map((title) => pc.bold(title)),
    chars: { ...none, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  })
}

const BORDERS = ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) => [
  side,
  `${side}-mid`,
  `${side}-left`,
  `${side}-right`,
  `${side}-mid`,
])

function coloured(verdict: string): string {
  if (verdict === 'PASS') return pc.green(verdict)
  if (verdict === 'MARGINAL') return pc.yellow(verdict)
  return pc.red(verdict)
}
