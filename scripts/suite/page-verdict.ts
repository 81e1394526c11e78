import { count, number } from '../core/format-measure.ts'
import { dateTime, lengthOf } from '../report/html/format-text.ts'
import { html, type Html } from '../report/html/html.ts'
import { classOf, shapeOf, stateOf } from '../report/html/state-mark.ts'
import { verdictText, type VerdictWord } from '../verdict/verdict.ts'
import { isAsAllowed } from './judge-suite.ts'
import { runsOf, type SuiteState } from './suite-state.ts'

const MEANINGS: Record<VerdictWord, string> = {
  PASS: 'Every run ended as allowed.',
  MARGINAL: 'Every run ended as allowed, but something is left open.',
  NO_OBJECTIVES: 'Nothing was to be judged.',
  NO_DATA: 'Not every run has shown what it was to show.',
  FAIL: 'A run found that its target missed its service levels.',
  INVALID: 'Not every run was soundly made.',
}

/** What the first screen answers: did all of it pass, why not, and how much was it. */
export function suiteVerdictSection(state: SuiteState): Html {
  const { result, startedAt } = state
  if (!result) return html`<p>The suite has not ended.</p>`
  const word = stateOf(result) as VerdictWord
  const { reasons } = result
  return html`<div class="verdict ${classOf(word)}">
      <p class="word">${shapeOf(word)}${verdictText(result)}</p>
      <div>
        <p class="meaning">${MEANINGS[word]}</p>
        ${
          reasons.length > 0 &&
          html`<ul>
            ${reasons.map((text) => html`<li>${text}</li>`)}
          </ul>`
        }
      </div>
    </div>
    <p class="what">${dateTime(startedAt)}</p>
    <dl class="facts">
      ${factsOf(state).map(
        ([name, value, more]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}${more !== undefined && html` <small>${more}</small>`}</dd>
          </div>`,
      )}
    </dl>`
}

type Fact = readonly [name: string, value: string, more?: string]

function factsOf(state: SuiteState): Fact[] {
  const runs = runsOf(state)
  const good = runs.filter((run) => isAsAllowed(run, state.isStrict)).length
  const workloads = new Set(runs.flatMap(({ outcome }) => outcome?.workload ?? []))
  const requests = runs.reduce((sum, { outcome }) => sum + (outcome?.requests ?? 0), 0)
  const failed = runs.reduce((sum, { outcome }) => {
    return sum + (outcome?.errorRatio ?? 0) * (outcome?.requests ?? 0)
  }, 0)
  const seconds =
    (Date.parse(state.endedAt ?? state.startedAt) - Date.parse(state.startedAt)) / 1_000
  return [
    ['Runs as allowed', `${good} of ${runs.length}`, count(state.phases.length, 'phase')],
    ['Duration', lengthOf(seconds)],
    ['Workloads', number(workloads.size), [...workloads].join(', ')],
    ['Requests', number(requests), `${number(failed)} failed`],
  ]
}
