import pc from 'picocolors'
import { count, formatMeasure, number } from '../core/format-measure.ts'
import { findingLines } from './findings.ts'
import { diagnosisLines } from '../verdict/diagnosis/diagnosis-lines.ts'
import type { LoadDelivery } from '../verdict/rules/load-delivered.ts'
import type { JudgedRecording } from '../run-folder/manifest.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import type { VerdictSource } from '../verdict/tables/without-samples.ts'
import { terminalTable } from '../core/plain-table.ts'
import { wouldBeText } from './objective-text.ts'
import { trafficWords } from '../verdict/verdict-file.ts'
import { type RegionRow, regionTable } from './region-table.ts'
import { coloured, endpointTable, objectiveTable } from './verdict-tables.ts'

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
  const { run, wouldBe, causes, reasons, objectives, endpoints, delivery, errors } = file
  return [
    '',
    `${coloured(file)}  ${run.scenario} on ${run.workload} (${run.id})`,
    ...(wouldBe ? [`  ${wouldBeText(wouldBe)}`] : []),
    ...causes.map(({ text }) => `  Why: ${text}`),
    ...reasons.map(({ text }) => `  - ${text}`),
    '',
    ...(objectives.length > 0 ? [objectiveTable(objectives), ''] : []),
    ...(endpoints.length > 0 ? [endpointTable(endpoints, trafficWords(file)), ''] : []),
    ...regionLines(file),
    ...findingLines(file),
    ...diagnosisLines(file.diagnosis),
    ...(file.source
      ? sourceLines(file.source)
      : [loadLine(delivery), generatorLine(file), samplesLine(file), exceptionsLine(delivery)]),
    ...errorLines(errors),
    ...(run.cloud?.url !== undefined && !file.source ? [`Result page     ${run.cloud.url}`] : []),
    ...(run.recording ? [`Judged          ${recordingText(run.recording)}`] : []),
    `Files           ${folder}`,
  ].join('\n')
}

/** `from a recording, by stricter.json` */
export function recordingText({ csv, sla }: JudgedRecording): string {
  const by = sla === undefined ? '' : `, by ${sla}`
  return `from ${csv ?? 'a recording'}${by}`
}

function loadLine(delivery: LoadDelivery): string {
  const { iterations, droppedIterations, deliveredRatio, usersReached, usersPlanned } = delivery
  const parts = [count(iterations, 'iteration'), `${number(droppedIterations)} dropped`]
  if (deliveredRatio !== undefined)
    parts.push(`${formatMeasure(deliveredRatio, 'ratio')} delivered`)
  if (usersPlanned !== undefined)
    parts.push(`${usersReached ?? 0} of ${usersPlanned} users reached`)
  const { elapsedSeconds, plannedSeconds, authFailures } = delivery
  parts.push(`${Math.round(elapsedSeconds)} s of ${Math.round(plannedSeconds)} s`)
  if (authFailures > 0) parts.push(count(authFailures, 'failed log-in'))
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
  return [`Generator       ${parts.join(', ')}`, ...notes.map(({ text }) => `  ${text}`)].join('\n')
}

function samplesLine({ samples }: VerdictFile): string {
  const { rows, parquetBytes } = samples
  return `Samples         ${number(rows)} in samples.parquet, ${formatMeasure(parquetBytes, 'bytes')}`
}

function sourceLines({ facts, url }: VerdictSource): string[] {
  const told = [...facts, ...(url === undefined ? [] : [['Result page', url] as const])]
  return told.map(([name, value]) => `${name.padEnd(16)}${value}`)
}

function regionLines(file: VerdictFile): string[] {
  const table = regionTable(file)
  if (!table) return []
  return [terminalTable(table.head, table.rows.map(regionCells)), '']
}

// The name first, and the verdicts of its objectives in their colours.
function regionCells({ cells, objectives }: RegionRow): string[] {
  return [...cells, ...objectives.map(({ text, judgement }) => `${text} ${coloured(judgement)}`)]
}

function exceptionsLine({ scriptExceptions }: LoadDelivery): string {
  return `Exceptions      ${scriptExceptions === 0 ? 'none' : pc.red(String(scriptExceptions))}`
}

function errorLines(errors: string[]): string[] {
  const shown = errors.slice(0, ERRORS_SHOWN).map((error) => `  ${error.replaceAll('\n', '\n  ')}`)
  const left = errors.length - ERRORS_SHOWN
  return [
    ...(errors.length > 0 ? ["Errors          in k6's log, once each:", ...shown] : []),
    ...(left > 0 ? [`  ${left} more in k6.log`] : []),
  ]
}
