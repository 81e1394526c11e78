import { html, type Html } from '../report/html/html.ts'
import { wordMark } from '../report/html/state-mark.ts'
import { dateText } from './trend-text.ts'
import type { RunRecord } from './run-record.ts'

/**
 * A row for each run, in the given order.
 *
 * @param resultsPath from the page's folder to the results folder
 */
export function runsTable(runs: readonly RunRecord[], resultsPath: string): Html {
  return html`<section id="runs" aria-labelledby="runs-title">
    <h2 id="runs-title">Runs</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of runs">
      <table>
        <caption>
          Newest first; a run's name leads to its report, where it has one
        </caption>
        <thead>
          <tr>
            <th scope="col">Started</th>
            <th scope="col">Run</th>
            <th scope="col">Verdict</th>
            <th scope="col">Scenario</th>
            <th scope="col">Workload</th>
            <th scope="col">Load and target</th>
            <th scope="col">Not clearly met</th>
          </tr>
        </thead>
        <tbody>
          ${runs.map((run) => rowOf(run, resultsPath))}
        </tbody>
      </table>
    </div>
    ${runs.length === 0 && html`<p class="note">No run was judged here yet.</p>`}
  </section>`
}

// Kept on one line: hundreds of them are most of the page.
function rowOf(run: RunRecord, resultsPath: string): Html {
  const { id, startedAtMs, verdict, scenario, workload, setup } = run
  return html`<tr class="entry">
    <td class="date">${dateText(startedAtMs)}</td>
    <th scope="row">
      ${run.hasReport ? html`<a href="${reportUrl(run, resultsPath)}">${id}</a>` : id}
    </th>
    <td>${wordMark(verdict)}</td>
    <td>${scenario}</td>
    <td>${workload}</td>
    <td>${setup}</td>
    <td>${notMet(run)}</td>
  </tr>`
}

/** Relative, and of plain path segments: a folder may be called anything. */
function reportUrl({ folder }: RunRecord, resultsPath: string): string {
  const segments = resultsPath.split(/[\\/]/).filter((segment) => segment !== '')
  return `./${[...segments, folder, 'report.html'].map(encodeURIComponent).join('/')}`
}

const NAMES_MAX = 3

function notMet({ objectives }: RunRecord): string {
  const missed = objectives.filter(
    ({ verdict, level }) => verdict !== 'PASS' && level === 'required',
  )
  const names = missed.slice(0, NAMES_MAX).map(({ id }) => id)
  const left = missed.length - names.length
  return [...names, ...(left > 0 ? [`${left} more`] : [])].join(', ')
}
