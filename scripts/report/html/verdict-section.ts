import type { Reason } from '../../reasons/reasons.ts'
import { verdictText, type VerdictWord } from '../../verdict/verdict.ts'
import { wouldBeText } from '../objective-text.ts'
import { dateTime } from './format-text.ts'
import { headlineFacts } from './headline-facts.ts'
import { html, type Html } from './html.ts'
import type { ReportFile } from './report-file.ts'
import { classOf, shapeOf, stateOf } from './state-mark.ts'

const MEANINGS: Record<VerdictWord, string> = {
  PASS: 'All required objectives are met.',
  MARGINAL: 'All required objectives are met, but something is left open.',
  NO_OBJECTIVES: 'Nothing was to be judged; the run itself was sound.',
  FAIL: 'The target missed its service levels.',
  NO_DATA: 'Too few samples to say.',
  INVALID: 'The measurement cannot be trusted',
}
const CLOSE_FAIL = 'The target missed its service levels, but that may be chance or the machine.'

/** What the first screen answers: did it pass, why, and what was it. */
export function verdictSection(file: ReportFile): Html {
  const { run, reasons, stoppedBy, wouldBe, causes = [] } = file
  const { meaning, listed } = meaningOf(file)
  const state = stateOf(file) as VerdictWord
  const isTold = reasons.some(({ code }) => code === 'STOPPED_BY_OBJECTIVE')
  const ended = stoppedBy && !isTold
  return html`<div class="verdict ${classOf(state)}">
      <p class="word">${shapeOf(state)}${verdictText(file)}</p>
      <div>
        <p class="meaning">${meaning}</p>
        ${wouldBe && html`<p>${wouldBeText(wouldBe)}</p>`}
        ${causes.map(({ text }) => html`<p>Why: ${text}.</p>`)}
        ${
          listed.length > 0 &&
          html`<ul>
            ${listed.map(({ text }) => html`<li>${text}</li>`)}
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

// The reasons of an INVALID run begin with what decided.
function meaningOf(file: ReportFile): { meaning: string; listed: Reason[] } {
  const { verdict, isClose, reasons } = file
  if (verdict === 'FAIL' && isClose) return { meaning: CLOSE_FAIL, listed: reasons }
  const meaning = MEANINGS[stateOf(file) as VerdictWord]
  if (verdict !== 'INVALID') return { meaning, listed: reasons }
  const [cause, ...others] = reasons
  return { meaning: `${[meaning, ...(cause ? [cause.text] : [])].join(': ')}.`, listed: others }
}

/** Where the requests went, as a person would say it. */
function targetOf({ run }: ReportFile): string {
  // What a script of the user's own calls is known when it has run.
  if (run.script) return run.script.reached?.join(', ') || 'nothing by HTTP'
  const { base, byRegion, sandbox } = run.target
  if (sandbox) return 'the sandbox'
  const regions = Object.entries(byRegion).map(([region, url]) => `${region}: ${url}`)
  return [...(base === undefined ? [] : [base]), ...regions].join(', ')
}
