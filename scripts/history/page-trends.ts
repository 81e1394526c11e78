import { html, type Html } from '../report/html/html.ts'
import { measureText, nameText } from '../report/objective-text.ts'
import type { ComparableRuns } from './comparable-runs.ts'
import { type ObjectiveTrend, objectiveTrends } from './objective-trend.ts'
import { RUNS_NEEDED } from './outlier.ts'
import { trendChart } from './trend-chart.ts'
import { outlierText, usedText } from './trend-text.ts'

/** More groups, or objectives of one, are not looked at, and make the page large. */
const GROUPS_MAX = 30
const OBJECTIVES_MAX = 40

/** A chart for each objective of each group of comparable runs. */
export function trendSections(groups: readonly ComparableRuns[]): Html {
  const shown = groups.filter(({ runs }) => runs.length > 1)
  const left = Math.max(0, shown.length - GROUPS_MAX)
  return html`<section id="trends" aria-labelledby="trends-title">
    <h2 id="trends-title">Trends</h2>
    <p class="note">
      Only runs of the same scenario, workload, load and target are compared, and none that is
      INVALID. The dashed line is the limit. A filled dot is PASS, a triangle MARGINAL (a close
      PASS), a cross FAIL.
    </p>
    ${shown.slice(0, GROUPS_MAX).map(groupOf)}
    ${shown.length === 0 && html`<p class="note">No two runs are comparable yet.</p>`}
    ${left > 0 && html`<p class="note">${left} more groups are left out.</p>`}
  </section>`
}

function groupOf({ scenario, workload, setup, runs }: ComparableRuns): Html {
  const few = runs.length < RUNS_NEEDED
  return html`<section class="group" data-scenario="${scenario}" data-workload="${workload}">
    <h3>${scenario} <span>on ${workload}: ${setup}; ${runs.length} runs</span></h3>
    ${few && html`<p class="note">With fewer than ${RUNS_NEEDED} runs none can be out of line.</p>`}
    <div class="charts">${objectiveTrends(runs).slice(0, OBJECTIVES_MAX).map(figureOf)}</div>
  </section>`
}

function figureOf(trend: ObjectiveTrend): Html {
  const { objective, latest, usual } = trend
  const { indicator, limit, unit } = objective
  const outlier = outlierText(trend)
  const used = trend.usedRatio === undefined ? '' : `, ${usedText(trend)} of the limit used`
  return html`<figure>
    <figcaption><b>${nameText(objective)}</b> <span>${indicator} ${limit}</span></figcaption>
    ${trendChart(trend)}
    <p class="numbers">
      latest ${measureText(latest, unit)}, median of ${usual.runs}
      ${measureText(usual.median, unit)}${used}
    </p>
    ${outlier && html`<p class="numbers missed">${outlier}</p>`}
  </figure>`
}
