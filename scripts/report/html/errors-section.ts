import { number } from '../../core/format-measure.ts'
import { dataTable } from './data-table.ts'
import { clock } from './format-text.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'

const LOG_LINES_MAX = 20

/** Longest text of a log line; a stack may be long, and a page of HTML longer. */
const LOG_LINE_LETTERS = 2_000

/** What failed, why answers were rejected, and what k6's log says. */
export function errorsSection(file: ReportFile): Html {
  const { series, errors } = file
  const groups = series?.errors ?? []
  const rejections = series?.rejections ?? []
  const hasNone = groups.length === 0 && rejections.length === 0 && errors.length === 0
  if (hasNone) return html`<p>None${!series && ' in the log'}.</p>`
  return html`${
    groups.length > 0 &&
    dataTable({
      caption: 'Failed requests, the most frequent first (UTC)',
      columns: [
        { head: 'Endpoint', isRowHead: true, cell: ({ endpoint }) => endpoint },
        { head: 'Status', cell: ({ status }) => (status === '0' ? 'no answer' : status) },
        { head: 'k6 error code', cell: ({ errorCode }) => errorCode },
        { head: 'Requests', isNumber: true, cell: ({ requests }) => number(requests) },
        { head: 'First at', isNumber: true, cell: ({ firstAtMs }) => clock(firstAtMs) },
      ],
      rows: groups,
    })
  }
  ${
    rejections.length > 0 &&
    dataTable({
      caption: 'Answers that were not as expected, by reason',
      columns: [
        { head: 'Endpoint or operation', isRowHead: true, cell: ({ endpoint }) => endpoint },
        { head: 'Reason', cell: ({ reason }) => reason },
        { head: 'Answers', isNumber: true, cell: ({ answers }) => number(answers) },
      ],
      rows: rejections,
    })
  }
  ${errors.length > 0 && logLines(errors)}`
}

function logLines(errors: readonly string[]): Html {
  const left = errors.length - LOG_LINES_MAX
  return html`<h3>First lines of k6's log, each once</h3>
    <ol class="log">
      ${errors.slice(0, LOG_LINES_MAX).map((line) => html`<li><code>${line.slice(0, LOG_LINE_LETTERS)}</code></li>`)}
    </ol>
    ${left > 0 && html`<p>${number(left)} more in k6.log.</p>`}`
}
