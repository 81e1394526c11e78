import { formatMeasure, number } from '../../core/format-measure.ts'
import type { EndpointRow } from '../../verdict/tables/endpoint-table.ts'
import { dataTable } from './data-table.ts'
import { latency, share } from './format-text.ts'
import { html, type Html } from './html.ts'
import type { TrafficWords } from '../../verdict/verdict-file.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'
import type { ReportFile } from './report-file.ts'

/** Of each table; an API whose names hold ids has thousands. */
const ROWS_MAX = 300

const TITLES: Record<string, string> = {
  operation: 'Operation',
  segment: 'Segment',
  technique: 'Technique',
}

/** Requests by endpoint, and by every tag that has several values. */
export function endpointsSection(file: ReportFile): Html {
  const { endpoints, series } = file
  const words = trafficWords(file)
  if (endpoints.length === 0) return html`<p>No request was sent.</p>`
  // Regions have a table of their own, with their objectives.
  const breakdowns = (series?.breakdowns ?? []).filter(({ tag }) => tag !== 'region')
  return html`<p class="search" hidden>
      <label
        >Search in these tables <input type="search" autocomplete="off" spellcheck="false"
      /></label>
      <output></output>
    </p>
    ${tableOf(words.name, endpoints, words)}
    ${breakdowns.map(({ tag, rows }) => tableOf(TITLES[tag] ?? tag, rows, words))}`
}

function tableOf(title: string, rows: readonly EndpointRow[], { counts }: TrafficWords): Html {
  const shown =
    rows.length <= ROWS_MAX
      ? rows
      : [...rows].sort((one, other) => other.count - one.count).slice(0, ROWS_MAX)
  const left = rows.length - shown.length
  const rest = left > 0 ? `, the ${shown.length} most frequent; ${left} more in verdict.json` : ''
  return dataTable({
    caption: `${counts} by ${title.toLowerCase()}, all phases${rest}`,
    isSearchable: true,
    columns: [
      { head: title, isRowHead: true, cell: ({ endpoint }) => endpoint },
      { head: counts, isNumber: true, cell: (row) => number(row.count) },
      { head: 'Rate', isNumber: true, cell: (row) => formatMeasure(row.ratePerSecond, '/s') },
      { head: 'p50', isNumber: true, cell: ({ p50Ms }) => latency(p50Ms) },
      { head: 'p95', isNumber: true, cell: ({ p95Ms }) => latency(p95Ms) },
      { head: 'p99', isNumber: true, cell: ({ p99Ms }) => latency(p99Ms) },
      { head: 'Errors', isNumber: true, cell: ({ errors }) => number(errors) },
      { head: 'Error ratio', isNumber: true, cell: ({ errorRatio }) => share(errorRatio) },
    ],
    rows: shown,
  })
}
