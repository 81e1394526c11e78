import { projectPath } from '../core/project.ts'
import { html, type Html, jsonForScript, trusted } from '../report/html/html.ts'
import { pageAssets, pageHead } from '../report/html/page-assets.ts'
import { comparableRuns } from './comparable-runs.ts'
import { dateText } from './trend-text.ts'
import { compareSection, filterForm } from './page-controls.ts'
import { pageData } from './page-data.ts'
import { trendSections } from './page-trends.ts'
import { runsTable } from './page-runs.ts'
import { type History, skippedLine } from './read-history.ts'

const PAGE = { folder: projectPath('scripts', 'history', 'page'), name: 'history' }

export interface PageSettings {
  generatedAtMs: number
  /** From the page's folder to the results folder; '' when they are the same. */
  resultsPath: string
}

/** Newest runs on a page; 500 make about half a megabyte. */
const RUNS_MAX = 2_000

/**
 * All runs as one HTML page that needs nothing else: no network, and no JavaScript to be read. With
 * JavaScript the runs can be filtered, and two of them be laid side by side.
 */
export function renderHistoryPage(history: History, settings: PageSettings): string {
  const runs = history.runs.slice(-RUNS_MAX)
  const assets = pageAssets(PAGE)
  return html`<!doctype html>
    <html lang="en">
      ${pageHead('Load test history', assets)}
      <body>
        <a class="skip" href="#main">Skip to the runs</a>
        <header>
          <p class="kind">Load tests</p>
          <h1>History</h1>
          <p class="run">${countText({ ...history, runs }, history.runs.length, settings)}</p>
        </header>
        <nav aria-label="Sections">
          <ul>
            <li><a href="#runs">Runs</a></li>
            <li><a href="#compare">Side by side</a></li>
            <li><a href="#trends">Trends</a></li>
          </ul>
        </nav>
        <main id="main" tabindex="-1">
          ${filterForm(runs)} ${runsTable([...runs].reverse(), settings.resultsPath)}
          ${compareSection()} ${trendSections(comparableRuns(runs))}
        </main>
        <footer>
          <p>Drawn from each run's <code>verdict.json</code> by k6-verdict. Times are UTC.</p>
        </footer>
        <script type="application/json" id="data">
          ${jsonForScript(pageData(runs))}
        </script>
        ${trusted(`<script>${assets.script}</script>`)}
      </body>
    </html> `.text
}

function countText(history: History, all: number, { generatedAtMs }: PageSettings): Html {
  const { runs } = history
  const [first, last] = [runs[0], runs.at(-1)]
  const span =
    first && last ? `, ${dateText(first.startedAtMs)} to ${dateText(last.startedAtMs)}` : ''
  const skipped = skippedLine(history)
  const older = all > runs.length ? `; ${all - runs.length} older ones are left out` : ''
  return html`${runs.length} run${runs.length === 1 ? '' : 's'}${span}; written
  ${dateText(generatedAtMs)}${skipped && `; ${skipped}`}${older}`
}
