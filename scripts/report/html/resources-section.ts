import type { ResourceChart, RunResources } from '../../resources/reported-resources.ts'
import { alongSteps, type Steps } from './along-steps.ts'
import { dataTable } from './data-table.ts'
import { elapsed, roughly } from './format-text.ts'
import { html, type Html } from './html.ts'
import { panelChart } from './panel-chart.ts'
import type { Line, Panel } from './panels.ts'
import { phaseSpans, type PhaseSpan, type ReportFile } from './report-file.ts'

const TONES = ['one', 'two', 'three'] as const

/** What the machines of a run had in use, in small charts on one clock; undefined where nothing was recorded. */
export function resourcesSection(file: ReportFile): Html | undefined {
  const { resources, series } = file
  const steps = series?.timeline
  if (!resources || !steps || steps.step.length === 0) return undefined
  const phases = phaseSpans(file)
  const panels = resources.charts.map((chart, index) => ({
    source: chart.source,
    panel: panelOf(chart, steps, index),
  }))
  const shown = panels.filter(({ panel }) => panel.lines.length > 0)
  if (shown.length + resources.alerts.length === 0) return undefined
  const sources = [...new Set(shown.map(({ source }) => source))]
  return html`${alertsTable(resources, steps)}
  ${sources.map((source) => {
    const own = shown.filter((each) => each.source === source)
    const title = source === 'generator' ? 'The machine that made the load' : `Target: ${source}`
    return html`<h3>${title}</h3>
      ${own.map(({ panel }) => figure(panel, steps, phases))}`
  })}`
}

function alertsTable({ alerts }: RunResources, { startMs }: Steps): Html | undefined {
  if (alerts.length === 0) return undefined
  return dataTable({
    caption: 'Limits on metrics of the target that were missed while the run went on',
    columns: [
      {
        head: 'Time',
        isRowHead: true,
        cell: ({ atMs }) => elapsed(Math.max(0, (atMs - startMs) / 1_000)),
      },
      { head: 'Severity', cell: ({ severity }) => severity },
      { head: 'Objective', cell: ({ id }) => id },
      { head: 'Measured', cell: ({ text }) => text },
      { head: 'Where', cell: ({ url }) => url },
    ],
    rows: alerts,
  })
}

function panelOf({ title, unit, lines }: ResourceChart, steps: Steps, index: number): Panel {
  const drawn = lines.slice(0, TONES.length).flatMap((line, place): Line[] => {
    const values = alongSteps(line, steps)
    const isKnown = values.some((value) => value !== null)
    return isKnown ? [{ label: line.label, tone: TONES[place] ?? 'three', values }] : []
  })
  const told = drawn.map(({ label, values }) => {
    const most = values.reduce<number>((high, value) => Math.max(high, value ?? 0), 0)
    return `${label}: up to ${roughly(most, unit)}`
  })
  return {
    ...{ id: `resource-${index + 1}`, title, unit, lines: drawn, limits: [] },
    summary: `${told.join(', ')}.`,
  }
}

function figure(panel: Panel, { step, stepSeconds }: Steps, phases: readonly PhaseSpan[]): Html {
  const sample = (tone: string): Html =>
    html`<svg viewBox="0 0 26 8" aria-hidden="true">
      <path class="${`line ${tone}`}" d="M1 4h24" />
    </svg>`
  return html`<figure>
    <figcaption>
      <h4>${panel.title}</h4>
      ${
        panel.lines.length > 1 &&
        html`<ul class="legend">
          ${panel.lines.map(({ label, tone }) => html`<li>${sample(tone)}${label}</li>`)}
        </ul>`
      }
      <p>${panel.summary}</p>
    </figcaption>
    ${panelChart({ panel, phases, stepSeconds, steps: step.length })}
  </figure>`
}
