import { factList } from './fact-list.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'

/** What is known of a run that was judged without its samples; undefined for all others. */
export function sourceSection({ source }: ReportFile): Html | undefined {
  if (!source) return undefined
  const { facts, kind, url } = source
  return html`<p>
      Judged by ${kind}, without the samples of the run: there are no intervals, windows and charts
      here.
    </p>
    ${factList([
      ...facts,
      // Text, not a link: the page may be opened by somebody who trusts this file and not that server.
      ['Result page', url],
    ])}`
}
