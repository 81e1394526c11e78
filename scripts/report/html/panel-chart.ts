import { axisText, chart, horizontalAxis, PLOT, place, verticalAxis } from './chart-frame.ts'
import { elapsed } from './format-text.ts'
import { html, type Html } from './html.ts'
import { loneIndices } from './scale.ts'
import type { Line, Panel } from './panels.ts'
import { phaseBands } from './phase-bands.ts'
import type { PhaseSpan } from './report-file.ts'
import { linearScale, type Scale, timeScale } from './scale.ts'

export interface PanelChartInput {
  panel: Panel
  phases: readonly PhaseSpan[]
  stepSeconds: number
  /** Steps of the run. */
  steps: number
}

const HEIGHTS: Record<string, number> = { latency: 280, errors: 150 }

/** Height of a chart over time. */
export function chartHeight({ id }: Pick<Panel, 'id'>): number {
  return HEIGHTS[id] ?? (id.startsWith('resource-') ? 120 : 180)
}

/** A limit this far above the data would press it flat, and is only told. */
const LIMIT_REACH = 3

/** The chart that stays when there is no JavaScript, in print and in mail. */
export function panelChart({ panel, phases, stepSeconds, steps }: PanelChartInput): Html {
  const height = chartHeight(panel)
  const bottom = height - 26
  const time = timeScale(steps * stepSeconds, { from: PLOT.left, to: PLOT.right })
  const { limits, most } = shownLimits(panel)
  const scale = linearScale(most, { from: bottom, to: PLOT.top })
  return chart({
    label: `${panel.title}. ${panel.summary}`,
    height,
    content: [
      ...phaseBands(phases, time, bottom),
      ...verticalAxis(scale, axisText(panel.unit)),
      ...horizontalAxis(time, bottom, elapsed),
      ...limits.map(({ label, value }) => limitLine(label, place(scale.at(value)))),
      ...panel.lines.map((line) => linePath(line, { time, scale, stepSeconds })),
    ],
  })
}

/** Limits that are not too far away to be drawn, and the highest value of the chart. */
export function shownLimits({ lines, limits }: Panel): {
  limits: Panel['limits']
  most: number
} {
  const values = lines.flatMap((line) => line.values.flatMap((value) => value ?? []))
  const most = values.reduce((high, value) => Math.max(high, value), 0)
  const shown = limits.filter(({ value }) => value <= most * LIMIT_REACH)
  return { limits: shown, most: shown.reduce((high, { value }) => Math.max(high, value), most) }
}

function limitLine(label: string, y: number): Html {
  return html`<path class="limit" d="M${PLOT.left} ${y}H${PLOT.right}" /><text
      class="limit-label"
      x="${PLOT.right - 6}"
      y="${place(y - 5)}"
      text-anchor="end"
      >${label}</text
    >`
}

interface Scales {
  time: Scale
  scale: Scale
  stepSeconds: number
}

// A line begins anew after a step without a value, and a lone value is a dot.
function linePath({ tone, values }: Line, { time, scale, stepSeconds }: Scales): Html {
  const at = (value: number, index: number): string =>
    `${place(time.at((index + 0.5) * stepSeconds))} ${place(scale.at(value))}`
  const parts = values.map((value, index) => {
    if (value === null) return ''
    return `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${at(value, index)}`
  })
  const dots = loneIndices(values).map((index) => `M${at(values[index] ?? 0, index)}h0`)
  return html`<path class="line ${tone}" d="${parts.join('')}" />${
      dots.length > 0 && html`<path class="line lone ${tone}" d="${dots.join('')}" />`
    }`
}
