import type { TimelineSeries } from '../../verdict/tables/timeline-series.ts'
import { formatMeasure } from '../../core/format-measure.ts'
import { foldedTable } from './data-table.ts'
import { elapsed, latency } from './format-text.ts'
import { html, type Html } from './html.ts'
import { panelChart, shownLimits } from './panel-chart.ts'
import { type Line, type Panel, panelsOf } from './panels.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'
import { phaseSpans, type ReportFile } from './report-file.ts'

/** Rows of a chart's table; more is for the sample file. */
const ROWS_MAX = 60

/** The run over time, each chart with its numbers. */
export function timelineSection(file: ReportFile): Html | undefined {
  const timeline = file.series?.timeline
  if (!timeline || timeline.step.length === 0) return undefined
  const phases = phaseSpans(file)
  const { stepSeconds, step } = timeline
  const one = trafficWords(file).one === 'request' ? 'a request' : 'an operation'
  return html`<p>
      One point is ${stepSeconds} s, by the moment in which ${one} began. Phases on plain ground are
      not judged.
    </p>
    ${panelsOf(file, timeline).map((panel) =>
      isEmpty(panel)
        ? html`<h3>${panel.title}</h3>
            <p class="note">${panel.summary}</p>`
        : html`<figure data-panel="${panel.id}">
            <figcaption>
              <h3>${panel.title}</h3>
              ${(panel.lines.length > 1 || panel.limits.length > 0) && legend(panel)}
              <p>${panel.summary} ${hiddenLimits(panel)}</p>
            </figcaption>
            ${panelChart({ panel, phases, stepSeconds, steps: step.length })}
            ${panelTable(panel, timeline)}
          </figure>`,
    )}`
}

/** A chart of nothing but zeros says less than its sentence. */
function isEmpty({ lines }: Panel): boolean {
  return lines.every(({ values }) => values.every((value) => (value ?? 0) === 0))
}

function legend({ lines, limits }: Panel): Html {
  const sample = (tone: string): Html =>
    html`<svg viewBox="0 0 26 8" aria-hidden="true"><path class="${tone}" d="M1 4h24" /></svg>`
  return html`<ul class="legend">
    ${lines.map(({ label, tone }) => html`<li>${sample(`line ${tone}`)}${label}</li>`)}${
      limits.length > 0 && html`<li>${sample('limit')}SLA limit</li>`
    }
  </ul>`
}

function hiddenLimits(panel: Panel): string {
  const shown = shownLimits(panel).limits
  const hidden = panel.limits.filter((limit) => !shown.includes(limit))
  if (hidden.length === 0) return ''
  return `Far above the chart: ${hidden.map(({ label }) => label).join(', ')}.`
}

// Percentiles cannot be averaged, so of several steps one is shown as it was: the highest.
function panelTable({ title, unit, lines }: Panel, timeline: TimelineSeries): Html {
  const { step, stepSeconds } = timeline
  const size = Math.ceil(step.length / ROWS_MAX)
  const leading = (lines[1] && unit === 'ms' ? lines[1] : lines[0]) as Line
  const rows = Array.from({ length: Math.ceil(step.length / size) }, (_, index) =>
    highestOf(leading, index * size, Math.min(step.length, (index + 1) * size)),
  )
  const text = (value: number | null | undefined): string => {
    if (value === null || value === undefined) return 'none'
    return unit === 'ms' ? latency(value) : formatMeasure(value, unit)
  }
  const which =
    size === 1 ? '' : `; of every ${size} steps the one with the highest ${leading.label}`
  return foldedTable('Numbers of this chart', {
    caption: `${title}, steps of ${stepSeconds} s${which}`,
    columns: [
      { head: 'Time', isRowHead: true, cell: (index) => elapsed((step[index] ?? 0) * stepSeconds) },
      ...lines.map(({ label, values }) => ({
        head: label,
        isNumber: true,
        cell: (index: number) => text(values[index]),
      })),
    ],
    rows,
  })
}

function highestOf({ values }: Line, from: number, to: number): number {
  let best = from
  for (let index = from; index < to; index++) {
    if ((values[index] ?? 0) > (values[best] ?? 0)) best = index
  }
  return best
}
