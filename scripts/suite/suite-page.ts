import { count, number } from '../core/format-measure.ts'
import { projectPath, toolkitVersion } from '../core/project.ts'
import { factList } from '../report/html/fact-list.ts'
import { dateTime, lengthOf } from '../report/html/format-text.ts'
import { html, type Html } from '../report/html/html.ts'
import { pageFrame, type Section } from '../report/html/page-frame.ts'
import { classOf, shapeOf, stateOf } from '../report/html/state-mark.ts'
import { verdictText, type VerdictWord } from '../verdict/verdict.ts'
import { isAsAllowed } from './judge-suite.ts'
import {
  commandsSection,
  criteriaSection,
  recommendationsSection,
  runsSection,
} from './page-tables.ts'
import { timelineSection } from './page-timeline.ts'
import { runsOf, type SuiteState } from './suite-state.ts'

const PAGE = { folder: projectPath('scripts', 'suite', 'page'), name: 'suite' }

/** The report of a suite as one HTML page. */
export function renderSuitePage(state: SuiteState): string {
  const { name, id, description, result } = state
  return pageFrame({
    source: PAGE,
    title: `Suite ${name}: ${result ? verdictText(result) : 'not ended'}`,
    header: html`<p class="kind">Suite of load tests</p>
      <h1>${name} <span>${runsOf(state).length} runs</span></h1>
      <p class="run">${id}</p>
      ${description !== undefined && html`<p>${description}</p>`}`,
    sections: sectionsOf(state),
    footer: html`Drawn from <code>suite.json</code> by k6-verdict. Times of day are UTC. The reports
      of runs are beside this folder.`,
  })
}

function sectionsOf(state: SuiteState): Section[] {
  return [
    { id: 'verdict', title: 'Verdict', content: suiteVerdictSection(state) },
    { id: 'runs', title: 'Runs', content: runsSection(state) },
    { id: 'todo', title: 'What to do next', content: recommendationsSection(state) },
    { id: 'criteria', title: 'Success criteria', content: criteriaSection(state) },
    { id: 'timeline', title: 'Timeline', content: timelineSection(state) },
    { id: 'commands', title: 'Preparation and cleanup', content: commandsSection(state) },
    { id: 'environment', title: 'Environment', content: environmentSection(state) },
  ]
}

function environmentSection(state: SuiteState): Html {
  const { command, file, startedAt, endedAt, process: by, onFailure } = state
  const seconds =
    endedAt === undefined ? undefined : (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000
  return html`<p>To run it again:</p>
    <pre tabindex="0"><code>${command}</code></pre>
    ${factList([
      ['Suite file', file],
      ['Began', dateTime(startedAt)],
      ['Ended', endedAt !== undefined && dateTime(endedAt)],
      ['Took', seconds !== undefined && lengthOf(seconds)],
      ['After a failed run', onFailure === 'stop' ? 'starts no further run' : 'continues'],
      ['Machine', by.host],
      ['Version', `k6-verdict ${toolkitVersion()}, Node ${process.versions.node}`],
    ])}
    <h3>Command line of each run</h3>
    <pre tabindex="0"><code>${runsOf(state)
      .map(({ command: line }) => line)
      .join('\n')}</code></pre>`
}

const MEANINGS: Record<VerdictWord, string> = {
  PASS: 'Every run ended as allowed.',
  MARGINAL: 'Every run ended as allowed, but some only just.',
  NO_OBJECTIVES: 'There was nothing to judge.',
  NO_DATA: 'Some run has too little data for a verdict.',
  FAIL: 'In some run the target missed its objectives.',
  INVALID: 'Some run proves nothing.',
}

/** The first screen: did everything pass, if not why, and how much was run? */
function suiteVerdictSection(state: SuiteState): Html {
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
