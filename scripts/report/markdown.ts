import { count, formatMeasure, number } from '../core/format-measure.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import { VERDICT_WORDS, verdictText } from '../verdict/verdict.ts'
import { findingLines } from './findings.ts'
import { stateOf } from './html/state-mark.ts'
import type { ReportFile } from './html/report-file.ts'
import { markdownTable, markdownText } from './markdown-text.ts'
import {
  intervalText,
  isJudged,
  measuredText,
  measureText,
  nameText,
  verdictOf,
  windowsText,
  wouldBeText,
} from './objective-text.ts'
import { trafficWords } from '../verdict/verdict-file.ts'
import { regionTable } from './region-table.ts'

/** A comment on GitHub may have 65,536 characters. */
export const MARKDOWN_BYTES_MAX = 60_000

const REASONS_SHOWN = 30
const OBJECTIVES_SHOWN = 100
const ENDPOINTS_SHOWN = 10
const ERRORS_SHOWN = 5

/** The run for a step summary or a comment on GitHub: verdict first, then why, then the tables. */
export function markdown(file: ReportFile): string {
  const { run, reasons, wouldBe, causes = [], diagnosis = [] } = file
  const told = diagnosis.map(({ title, text, advice }) => `${title}: ${text} ${advice}`)
  return fitted([
    `## ${verdictText(file)}: ${markdownText(`${run.scenario} on ${run.workload}`)}`,
    ...section(wouldBe ? [wouldBeText(wouldBe)] : []),
    ...section(causes.map(({ text }) => markdownText(`Why: ${text}`))),
    ...section(
      bullets(
        reasons.map(({ text }) => text),
        REASONS_SHOWN,
      ),
    ),
    ...section(objectiveLines(file.objectives)),
    ...section(bullets([...loadTexts(file), ...findings(file), ...told], REASONS_SHOWN)),
    ...section(endpointLines(file)),
    ...section(regionLines(file)),
    ...section(errorLines(file)),
    ...section([markdownText(footer(file))]),
  ])
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines]
}

function bullets(texts: readonly string[], most: number): string[] {
  const left = texts.length - most
  return [
    ...texts.slice(0, most).map((text) => `- ${markdownText(text)}`),
    ...(left > 0 ? [`- ${left} more`] : []),
  ]
}

function errorLines({ errors }: ReportFile): string[] {
  return errors.length === 0 ? [] : ["In k6's log:", '', ...bullets(errors, ERRORS_SHOWN)]
}

function objectiveLines(objectives: readonly ObjectiveResult[]): string[] {
  const judged = objectives.filter(isJudged)
  // A long list is cut at its end, and what is wrong must not be there.
  const rank = (row: ObjectiveResult): number =>
    VERDICT_WORDS.findIndex((each) => each === stateOf(row))
  const shown = [...judged].sort((a, b) => rank(b) - rank(a)).slice(0, OBJECTIVES_SHOWN)
  const rows = (judged.length > OBJECTIVES_SHOWN ? shown : judged).map((row) => {
    const { indicator, limit, samples } = row
    return [
      ...[verdictOf(row), nameText(row), `${indicator} ${limit}`].map(markdownText),
      ...[measuredText(row), intervalText(row), windowsText(row)],
      number(samples ?? 0),
    ]
  })
  const head = ['Verdict', 'Objective', 'Limit', 'Measured', '90% interval', 'Windows', 'Samples']
  const left = judged.length - rows.length
  const absent = objectives.length - judged.length
  return [
    ...markdownTable(head, rows, 3),
    ...(left > 0 ? ['', `More objectives in report.html: ${left}.`] : []),
    ...(absent > 0 ? ['', `Left out, since they do not apply to this run: ${absent}.`] : []),
  ]
}

// The terminal's lines have a title and spaces up to a column. They read nothing that may be missing.
function findings(file: ReportFile): string[] {
  return findingLines(file as VerdictFile).map((line) => line.trim().replace(/\s{2,}/, ': '))
}

function loadTexts(file: ReportFile): string[] {
  const { source } = file
  if (!source) return [loadText(file)]
  const { facts, url } = source
  const told = facts.map(([name, value]) => `${name}: ${value}`)
  return url === undefined ? told : [...told, `Result page: ${url}`]
}

function loadText({ delivery }: ReportFile): string {
  const { iterations, droppedIterations, deliveredRatio, usersReached, usersPlanned } = delivery
  const users =
    usersPlanned === undefined ? [] : [`${usersReached ?? 0} of ${usersPlanned} users reached`]
  return [
    `Load: ${count(iterations, 'iteration')}, ${droppedIterations} dropped`,
    ...(deliveredRatio === undefined ? [] : [`${measureText(deliveredRatio, 'ratio')} delivered`]),
    ...users,
    `${Math.round(delivery.elapsedSeconds)} s of ${Math.round(delivery.plannedSeconds)} s`,
    count(delivery.scriptExceptions, 'exception'),
  ].join(', ')
}

function endpointLines(file: ReportFile): string[] {
  const { endpoints } = file
  const { counts, name } = trafficWords(file)
  const all = `${name.toLowerCase()}s`
  const slowest = endpoints
    .filter(({ count }) => count > 0)
    .sort((a, b) => (b.p95Ms ?? Infinity) - (a.p95Ms ?? Infinity) || b.errors - a.errors)
  const rows = slowest
    .slice(0, ENDPOINTS_SHOWN)
    .map((row) => [
      markdownText(row.endpoint),
      number(row.count),
      formatMeasure(row.ratePerSecond, '/s'),
      ...[row.p50Ms, row.p95Ms, row.p99Ms].map((ms) => measureText(ms, 'ms')),
      `${row.errors} (${measureText(row.errorRatio, 'ratio')})`,
    ])
  const left = slowest.length - rows.length
  const head = [`Slowest ${all}`, counts, 'Rate', 'p50', 'p95', 'p99', 'Errors']
  return [
    ...markdownTable(head, rows, 1),
    ...(left > 0 ? ['', `More ${all} in report.html: ${left}.`] : []),
  ]
}

function regionLines(file: ReportFile): string[] {
  const table = regionTable(file)
  if (!table) return []
  const rows = table.rows.map(({ cells, objectives }) => [
    markdownText(cells[0] ?? ''),
    ...cells.slice(1),
    ...objectives.map(({ text, judgement }) => `${text} ${verdictOf(judgement)}`),
  ])
  return markdownTable(table.head.map(markdownText), rows, 1)
}

function footer({ run }: ReportFile): string {
  const { versions, command } = run
  const parts = [
    `run ${run.id}`,
    `seed ${run.settings.seed}`,
    ...(versions ? [`k6-verdict ${versions.toolkit}`, `k6 ${versions.k6}`] : []),
    ...(command === undefined ? [] : [command]),
  ]
  return parts.join(', ')
}

/** Whole lines, as many as fit. */
function fitted(lines: readonly string[]): string {
  const last = 'The rest is in report.html.'
  const kept: string[] = []
  let bytes = Buffer.byteLength(last) + 2
  for (const line of lines) {
    bytes += Buffer.byteLength(line) + 1
    if (bytes > MARKDOWN_BYTES_MAX) return `${[...kept, '', last].join('\n')}\n`
    kept.push(line)
  }
  return `${kept.join('\n')}\n`
}
