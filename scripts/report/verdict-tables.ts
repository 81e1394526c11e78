import pc from 'picocolors'
import { formatMeasure, number } from '../core/format-measure.ts'
import type { EndpointRow } from '../verdict/tables/endpoint-table.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { Marked } from './html/state-mark.ts'
import { verdictOf } from './objective-text.ts'
import type { TrafficWords } from '../verdict/verdict-file.ts'
import { terminalTable } from '../core/plain-table.ts'

/** The objectives that were judged, and a line on those that were not. */
export function objectiveTable(objectives: ObjectiveResult[]): string {
  const rows = objectives.filter(isJudged).map((row) => {
    const { id, level, indicator, limit, measured, samples, unit } = row
    return [
      level === 'advisory' ? `${id} (advisory)` : id,
      `${indicator} ${limit}`,
      measured === undefined ? '-' : formatMeasure(measured, unit),
      intervalText(row),
      windowsText(row),
      samples === undefined ? '-' : number(samples),
      coloured(row),
    ]
  })
  const head = ['Objective', 'Limit', 'Measured', '90% interval', 'Windows', 'Samples', 'Verdict']
  return [terminalTable(head, rows), ...absentLines(objectives)].join('\n')
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
  const reasons = [...new Set(rows.map(({ reason }) => reason?.text ?? ''))]
  const groups = reasons.map((text) => {
    const ids = rows.filter(({ reason }) => reason?.text === text).map(({ id }) => id)
    return `${ids.join(', ')} (${text})`
  })
  return [pc.dim(`not in this run: ${groups.join('; ')}`)]
}

function isJudged({ verdict }: ObjectiveResult): boolean {
  return verdict !== 'not in this run'
}

/** Every endpoint, or operation, over the whole run. */
export function endpointTable(endpoints: EndpointRow[], words: TrafficWords): string {
  const ms = (value: number | undefined): string =>
    value === undefined ? '-' : formatMeasure(value, 'ms')
  const rows = endpoints.map((row) => {
    const { endpoint, count, ratePerSecond, p50Ms, p95Ms, p99Ms, errors, errorRatio } = row
    const share = errorRatio === undefined ? '' : ` (${formatMeasure(errorRatio, 'ratio')})`
    return [
      endpoint,
      number(count),
      formatMeasure(ratePerSecond, '/s'),
      ms(p50Ms),
      ms(p95Ms),
      ms(p99Ms),
      `${errors}${share}`,
    ]
  })
  return terminalTable([words.name, words.counts, 'Rate', 'p50', 'p95', 'p99', 'Errors'], rows)
}

/** A verdict in its colour. */
export function coloured(judgement: Marked): string {
  const text = verdictOf(judgement)
  if (judgement.verdict === 'NO_OBJECTIVES') return pc.yellow(text)
  if (judgement.verdict !== 'PASS') return pc.red(text)
  return judgement.isClose ? pc.yellow(text) : pc.green(text)
}
