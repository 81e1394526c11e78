import { type Panel, panelsOf } from './panels.ts'
import { shownLimits } from './panel-chart.ts'
import { type PhaseSpan, phaseSpans, type ReportFile } from './report-file.ts'

/** What the script of the page draws its charts from. Plain JSON. */
export interface ChartData {
  stepSeconds: number
  /** Middle of each step, seconds since the start of the load. */
  seconds: number[]
  panels: Omit<Panel, 'summary' | 'title'>[]
  phases: PhaseSpan[]
}

/** The timeline for the browser; undefined when there is too little for a chart. */
export function chartData(file: ReportFile): ChartData | null {
  const timeline = file.series?.timeline
  if (!timeline || timeline.step.length < 2) return null
  const { step, stepSeconds } = timeline
  return {
    stepSeconds,
    seconds: step.map((each) => (each + 0.5) * stepSeconds),
    panels: panelsOf(file, timeline).map((panel) => {
      const { id, unit, lines } = panel
      const { limits } = shownLimits(panel)
      return {
        id,
        unit,
        limits,
        lines: lines.map((line) => ({ ...line, values: line.values.map(short) })),
      }
    }),
    phases: phaseSpans(file),
  }
}

// Four digits are finer than a screen.
function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4))
}
