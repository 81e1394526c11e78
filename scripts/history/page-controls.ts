import { html, type Html } from '../report/html/html.ts'
import { VERDICT_WORDS } from '../verdict/verdict.ts'
import type { RunRecord } from './run-record.ts'

/** Choices that hide runs; without JavaScript it is not there, and all runs are. */
export function filterForm(runs: readonly RunRecord[]): Html {
  const scenarios = runs.map(({ scenario }) => scenario)
  const workloads = runs.map(({ workload }) => workload)
  return html`<form id="filter" aria-label="Filter the runs" hidden>
    ${select('scenario', scenarios)} ${select('workload', workloads)}
    ${select(
      'verdict',
      VERDICT_WORDS.filter((each) => runs.some(({ verdict }) => verdict === each)),
    )}
    <label>from <input type="date" name="from" /></label>
    <label>to <input type="date" name="to" /></label>
    <button type="reset">Show all</button>
    <output id="shown" role="status"></output>
  </form>`
}

function select(name: string, values: readonly string[]): Html {
  const choices = [...new Set(values)]
  const sorted = name === 'verdict' ? choices : choices.sort()
  return html`<label
    >${name}
    <select name="${name}">
      <option value="">all</option>
      ${sorted.map((value) => html`<option value="${value}">${value}</option>`)}
    </select></label
  >`
}

/** Where the script lays two runs side by side. */
export function compareSection(): Html {
  return html`<section id="compare" aria-labelledby="compare-title" hidden>
    <h2 id="compare-title">Two runs side by side <span class="tag">INDICATIVE</span></h2>
    <p class="note">
      Two single runs differ by chance, too: on a busy machine p95 by a quarter and more. The
      command below adds intervals and endpoints; only pairs of runs prove a difference.
    </p>
    <p class="choose">
      <label
        >A
        <select id="one"></select
      ></label>
      <label
        >B
        <select id="other"></select
      ></label>
    </p>
    <p id="warning" class="missed" role="status"></p>
    <div class="scroll" tabindex="0" role="region" aria-label="Objectives of both runs">
      <table>
        <caption>
          Objectives of A and B; the change is that from A to B
        </caption>
        <thead>
          <tr>
            <th scope="col">Objective</th>
            <th scope="col">Limit</th>
            <th scope="col" class="number">A</th>
            <th scope="col" class="number">B</th>
            <th scope="col" class="number">Change</th>
          </tr>
        </thead>
        <tbody id="rows"></tbody>
      </table>
    </div>
    <p class="command"><code id="command"></code> <button type="button" id="copy">Copy</button></p>
  </section>`
}
