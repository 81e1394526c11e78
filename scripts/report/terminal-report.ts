import Table from 'cli-table3'
import pc from 'picocolors'
import { findingLines } from './findings.ts'
import { diagnosisLines } from '../verdict/diagnosis/diagnosis-lines.ts'
import type { EndpointRow } from '../verdict/endpoint-table.ts'
import { formatMeasure } from '../verdict/format-measure.ts'
import type { ObjectiveResult } from '../verdict/judge-objective.ts'
import type { LoadDelivery } from '../verdict/load-delivered.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'

/** Everything that the end of a run tells. */
export interface TerminalReport {
  file: VerdictFile
  /** Where the files are, as a person would type it. */
  folder: string
}

/** Errors shown; the rest is in k6.log. */
const ERRORS_SHOWN = 3

/** Draws the end of a run: verdict, objectives, endpoints, load, generator, exceptions, files. */
export function renderReport({ file, folder }: TerminalReport): string {
  const { run, verdict, reasons, objectives, endpoints, delivery, errors } = file
  return [
    '',
    `${coloured(verdict)}  ${run.scenario} on ${run.workload} (${run.id})`,
    ...reasons.map((reason) => `  - ${reason}`),
    '',
    objectiveTable(objectives),
    '',
    endpointTable(endpoints),
    '',
    ...findingLines(file),
    ...diagnosisLines(file.diagnosis),
    loadLine(delivery),
    generatorLine(file),
    samplesLine(file),
    ...exceptionLines(delivery, errors),
    `Files           ${folder}`,
  ].join('\n')
}

function objectiveTable(objectives: ObjectiveResult[]): string {
  const table = plainTable([
    'Objective',
    'Limit',
    'Measured',
    '90% interval',
    'Windows',
    'Samples',
    'Verdict',
  ])
  for (const row of objectives.filter(isJudged)) {
    const { id, level, indicator, limit, measured, samples, unit, verdict } = row
    table.push([
      level === 'advisory' ? `${id} (advisory)` : id,
      `${indicator} ${limit}`,
      measured === undefined ? '-' : formatMeasure(measured, unit),
      intervalText(row),
      windowsText(row),
      samples === undefined ? '-' : samples.toLocaleString('en-US'),
      coloured(verdict),
    ])
  }
  return [table.toString(), ...absentLines(objectives)].join('\n')
}

function intervalText({ interval, unit }: ObjectiveResult): string {
  if (!interval) return '-'
  return `${formatMeasure(interval.low, unit)} to ${formatMeasure(interval.high, unit)}`
}

/** `2 of 30 miss`. */
function windowsText({ windows }: ObjectiveResult): string {
  if (!windows || windows.count === 0) return '-'
  return windows.violating === 0
    ? `${windows.count} good`
    : `${windows.violating} of ${windows.count} miss`
}

/** `not in this run: throughput (it applies to api-mix only)`. */
function absentLines(objectives: ObjectiveResult[]): string[] {
  const rows = objectives.filter((row) => !isJudged(row))
  if (rows.length === 0) return []
  const reasons = [...new Set(rows.map(({ reason = '' }) => reason))]
  const groups = reasons.map((reason) => {
    const ids = rows.filter((row) => row.reason === reason).map(({ id }) => id)
    return `${ids.join(', ')} (${reason})`
  })
  return [pc.dim(`not in this run: ${groups.join('; ')}`)]
}

function isJudged({ verdict }: ObjectiveResult): boolean {
  return verdict !== 'not in this run'
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

function generatorLine({ generator }: VerdictFile): string {
  const { cpus, k6CpuCores, k6MemoryBytes, othersCpuCores, notes } = generator
  const parts = [
    k6CpuCores
      ? `k6 used ${k6CpuCores.median.toFixed(2)} of ${cpus} CPUs (peak ${k6CpuCores.peak.toFixed(2)})`
      : 'k6 gave no figures',
    ...(k6MemoryBytes ? [`${formatMeasure(k6MemoryBytes.peak, 'bytes')} at most`] : []),
    ...(othersCpuCores ? [`others ${othersCpuCores.median.toFixed(2)} CPUs`] : []),
  ]
  return [`Generator       ${parts.join(', ')}`, ...notes.map((note) => `  ${note}`)].join('\n')
}

function samplesLine({ samples }: VerdictFile): string {
  const { rows, parquetBytes } = samples
  return `Samples         ${rows.toLocaleString('en-US')} in samples.parquet, ${formatMeasure(parquetBytes, 'bytes')}`
}

function exceptionLines({ scriptExceptions }: LoadDelivery, errors: string[]): string[] {
  const shown = errors.slice(0, ERRORS_SHOWN).map((error) => `  ${error.replaceAll('\n', '\n  ')}`)
  const left = errors.length - ERRORS_SHOWN
  return [
    `Exceptions      ${scriptExceptions === 0 ? 'none' : pc.red(String(scriptExceptions))}`,
    ...(errors.length > 0 ? ["Errors          in k6's log, once each:", ...shown] : []),
    ...(left > 0 ? [`  ${left} more in k6.log`] : []),
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
