import type { Verdict } from '../../verdict/verdict.ts'
import { dateTime } from './format-time.ts'
import { headlineFacts } from './headline-facts.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'
import { classOf, shapeOf } from './state-mark.ts'

const MEANINGS: Record<Verdict, string> = {
  PASS: 'All required objectives hold.',
  MARGINAL: 'Too close to tell: no required objective failed, but not all hold for certain.',
  FAIL: 'A required objective was missed.',
  NO_DATA: 'Too few samples to say anything.',
  INVALID: 'The run was not the planned one, so nothing that it measured counts.',
}

/** What the first screen answers: did it pass, why, and what was it. */
export function verdictSection(file: ReportFile): Html {
  const { run, verdict, reasons, stoppedBy } = file
  const ended = stoppedBy && !reasons.some((reason) => reason.includes(stoppedBy.reason))
  return html`<div class="verdict ${classOf(verdict)}">
      <p class="word">${shapeOf(verdict)}${verdict}</p>
      <div>
        <p class="meaning">${MEANINGS[verdict]}</p>
        ${
          reasons.length > 0 &&
          html`<ul>
            ${reasons.map((reason) => html`<li>${reason}</li>`)}
          </ul>`
        }
        ${ended && html`<p>Ended early: ${stoppedBy.reason}.</p>`}
      </div>
    </div>
    <p class="what">Against ${targetOf(file)}, ${dateTime(run.startedAt)}</p>
    <dl class="facts">
      ${headlineFacts(file).map(({ name, value, more }) => {
        return html`<div>
          <dt>${name}</dt>
          <dd>${value}${more && html` <small>${more}</small>`}</dd>
        </div>`
      })}
    </dl>`
}

/** Where the requests went, as a person would say it. */
export function targetOf({ run }: ReportFile): string {
  const { base, byRegion, sandbox } = run.target
  if (sandbox) return 'the sandbox'
  const regions = Object.entries(byRegion).map(([region, url]) => `${region}: ${url}`)
  return [...(base === undefined ? [] : [base]), ...regions].join(', ')
}
