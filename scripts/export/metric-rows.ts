import { build } from 'but-csv'
import type { ResourceSeries } from '../resources/run-resources.ts'
import { harmlessText } from './harmless-cells.ts'

/** Which rows of the metrics of a run are wanted. */
export interface MetricFilter {
  /** Names, in which * stands for anything; none means all. */
  names: readonly string[]
  /** The end excluded. */
  fromMs?: number | undefined
  toMs?: number | undefined
}

/** A value of a metric at a moment. */
export interface MetricRow {
  atMs: number
  source: string
  name: string
  labels: Readonly<Record<string, string>>
  value: number
}

/** The rows that a filter lets through, series after series. */
export function metricRows(series: readonly ResourceSeries[], filter: MetricFilter): MetricRow[] {
  const { fromMs = -Infinity, toMs = Infinity } = filter
  const patterns = filter.names.map(patternOf)
  const wanted = series.filter(
    ({ name }) => patterns.length === 0 || patterns.some((pattern) => pattern.test(name)),
  )
  return wanted.flatMap(({ source, name, labels, atMs, values }) =>
    atMs.flatMap((ms, index) => {
      const value = values[index]
      if (value === undefined || ms < fromMs || ms >= toMs) return []
      return [{ atMs: ms, source, name, labels, value }]
    }),
  )
}

function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}

const COLUMNS = ['time', 'source', 'name', 'labels', 'value']

/** Rows as CSV, without a cell that a spreadsheet takes for a formula, or one JSON object on each line. */
export function metricsText(rows: readonly MetricRow[], format: 'csv' | 'json'): string {
  if (format === 'json') {
    return rows
      .map(({ atMs, ...row }) => `${JSON.stringify({ time: timeText(atMs), ...row })}\n`)
      .join('')
  }
  const cells = rows.map(({ atMs, source, name, labels, value }) => {
    const pairs = Object.entries(labels).map(([key, text]) => `${key}=${JSON.stringify(text)}`)
    return [timeText(atMs), ...[source, name, pairs.join(',')].map(harmlessText), String(value)]
  })
  return `${build([COLUMNS, ...cells])}\n`
}

function timeText(ms: number): string {
  return new Date(ms).toISOString()
}
