import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'

/** What may be behind the numbers, and what to try; undefined when nothing was found. */
export function diagnosisSection({ diagnosis }: ReportFile): Html | undefined {
  if (diagnosis === undefined || diagnosis.length === 0) return undefined
  return html`<ul class="diagnosis">
    ${diagnosis.map(
      ({ title, text, advice, severity }) =>
        html`<li>
          <h3>${title} <span class="tag">${severity}</span></h3>
          <p>${text}</p>
          ${advice && html`<p><b>Try:</b> ${advice}</p>`}
        </li>`,
    )}
  </ul>`
}
