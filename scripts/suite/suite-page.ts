import { projectPath, toolkitVersion } from '../project.ts'
import { factList } from '../report/html/fact-list.ts'
import { dateTime, lengthOf } from '../report/html/format-text.ts'
import { html, type Html, trusted } from '../report/html/html.ts'
import { pageAssets, pageHead } from '../report/html/page-assets.ts'
import { verdictText } from '../verdict/verdict.ts'
import { commandsSection } from './page-commands.ts'
import { criteriaSection, recommendationsSection, runsSection } from './page-runs.ts'
import { timelineSection } from './page-timeline.ts'
import { suiteVerdictSection } from './page-verdict.ts'
import { runsOf, type SuiteState } from './suite-state.ts'

const PAGE = { folder: projectPath('scripts', 'suite', 'page'), name: 'suite' }

interface Section {
  id: string
  title: string
  content: Html | undefined
}

/** A suite as one HTML page that needs nothing else: no network, and no JavaScript to be read. */
export function renderSuitePage(state: SuiteState): string {
  const { name, id, description, result } = state
  const assets = pageAssets(PAGE)
  const sections = sectionsOf(state).filter(({ content }) => content !== undefined)
  return html`<!doctype html>
    <html lang="en">
      ${pageHead(`Suite ${name}: ${result ? verdictText(result) : 'not ended'}`, assets)}
      <body>
        <a class="skip" href="#main">Skip to the report</a>
        <header>
          <p class="kind">Suite of load tests</p>
          <h1>${name} <span>${runsOf(state).length} runs</span></h1>
          <p class="run">${id}</p>
          ${description !== undefined && html`<p>${description}</p>`}
        </header>
        <nav aria-label="Sections">
          <ul>
            ${sections.map((each) => html`<li><a href="#${each.id}">${each.title}</a></li>`)}
          </ul>
        </nav>
        <main id="main" tabindex="-1">${sections.map(sectionOf)}</main>
        <footer>
          <p>
            Drawn from <code>suite.json</code> by k6-verdict. Times of day are UTC. The reports of
            runs lie beside this folder.
          </p>
        </footer>
        ${trusted(`<script>${assets.script}</script>`)}
      </body>
    </html> `.text
}

function sectionOf({ id, title, content }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${content}
  </section> `
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
  return html`<p>To repeat it:</p>
    <pre tabindex="0"><code>${command}</code></pre>
    ${factList([
      ['Suite file', file],
      ['Began', dateTime(startedAt)],
      ['Ended', endedAt !== undefined && dateTime(endedAt)],
      ['Took', seconds !== undefined && lengthOf(seconds)],
      ['After a run that failed', onFailure === 'stop' ? 'no further run' : 'went on'],
      ['Machine', by.host],
      ['Version', `k6-verdict ${toolkitVersion()}, Node ${process.versions.node}`],
    ])}
    <h3>Command line of each run</h3>
    <pre tabindex="0"><code>${runsOf(state)
      .map(({ command: line }) => line)
      .join('\n')}</code></pre>`
}
