import type { MetricRow } from './metrics-store.ts'

/** How rows become one document: what is before them, each one, between them, after them. */
export interface RowText {
  contentType: string
  head: string
  row: (row: MetricRow) => string
  separator: string
  tail: string
}

/** The formats of an export by name. */
export const ROW_TEXTS: Record<'csv' | 'json', RowText> = {
  // RFC 4180. No field can hold a comma, a quote or a line break, so none needs quotes.
  csv: {
    contentType: 'text/csv; charset=utf-8; header=present',
    head: 'id,created_at,technique,segment,cost_usd,latency_ms,satisfied\r\n',
    row: (row) =>
      `${row.id},${row.created_at},${row.technique},${row.segment},${row.cost_usd},` +
      `${row.latency_ms},${satisfiedOf(row) ?? ''}\r\n`,
    separator: '',
    tail: '',
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    head: '[',
    row: (row) =>
      JSON.stringify({
        id: row.id,
        created_at: row.created_at,
        technique: row.technique,
        segment: row.segment,
        cost_usd: row.cost_usd,
        latency_ms: row.latency_ms,
        satisfied: satisfiedOf(row),
      }),
    separator: ',\n',
    tail: ']\n',
  },
}

function satisfiedOf({ satisfied }: MetricRow): boolean | null {
  return satisfied === null ? null : satisfied === 1
}
