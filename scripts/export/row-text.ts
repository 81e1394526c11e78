import { build } from 'but-csv'
import type { DashboardRow } from './dashboard-rows.ts'
import { harmlessText } from './harmless-cells.ts'

export type RowFormat = 'csv' | 'json'

const COLUMNS = ['testid', 'board', 'panel', 'query', 'labels', 'time', 'value', 'unit']

/** What comes before the rows. */
export function headText(format: RowFormat): string {
  return format === 'csv' ? `${build([COLUMNS])}\n` : ''
}

/**
 * Rows as text: CSV without a cell that a spreadsheet takes for a formula, or one JSON object on each
 * line. Times are ISO 8601 in UTC.
 */
export function rowsText(rows: readonly DashboardRow[], format: RowFormat): string {
  if (rows.length === 0) return ''
  if (format === 'json') return rows.map((row) => `${JSON.stringify(jsonOf(row))}\n`).join('')
  return `${build(rows.map(cellsOf))}\n`
}

function cellsOf(row: DashboardRow): string[] {
  const { testid, board, panel, query, labels, timeMs, value, unit } = row
  const texts = [testid, board, panel, query, labelsText(labels)].map(harmlessText)
  const number = Number.isFinite(Number(value)) ? value : harmlessText(value)
  return [...texts, timeText(timeMs), number, unit]
}

/** `{name="GET /", status="200"}`, as in Prometheus; nothing where there are none. */
function labelsText(labels: Record<string, string>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(', ')}}`
}

// JSON has no word for what is no number.
function jsonOf({ timeMs, value, ...rest }: DashboardRow): object {
  const number = Number(value)
  const { unit, ...place } = rest
  return { ...place, time: timeText(timeMs), value: Number.isFinite(number) ? number : value, unit }
}

function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString()
}
