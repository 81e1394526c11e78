import { formatMeasure } from '../../core/format-measure.ts'
import type { Unit } from '../../core/limit.ts'
import { html, type Html } from './html.ts'
import type { Scale } from './scale.ts'

/** The room of a chart in its own units; a screen scales it. */
export const PLOT = { width: 960, left: 72, right: 928, top: 22 }

export interface ChartInput {
  /** What a screen reader says instead of the drawing. */
  label: string
  height: number
  content: Html | readonly Html[]
}

/** A drawing as wide as the page, which tells itself in one sentence. */
export function chart({ label, height, content }: ChartInput): Html {
  return html`<div class="scroll static">
    <svg class="chart" viewBox="0 0 ${PLOT.width} ${height}" role="img" aria-label="${label}">
      ${content}
    </svg>
  </div>`
}

/** Grid lines and their numbers on the left. */
export function verticalAxis({ ticks, at }: Scale, text: (value: number) => string): Html[] {
  return ticks.map((tick) => {
    const y = place(at(tick))
    return html`<path class="grid" d="M${PLOT.left} ${y}H${PLOT.right}" /><text
        x="${PLOT.left - 8}"
        y="${y}"
        dy=".32em"
        text-anchor="end"
        >${text(tick)}</text
      >`
  })
}

/** Ticks and their numbers below. */
export function horizontalAxis(
  { ticks, at }: Scale,
  bottom: number,
  text: (value: number) => string,
): Html[] {
  return ticks.map((tick) => {
    const x = place(at(tick))
    return html`<path class="tick" d="M${x} ${bottom}v4" /><text
        x="${x}"
        y="${bottom + 17}"
        text-anchor="middle"
        >${text(tick)}</text
      >`
  })
}

/** A number on an axis: short, in the unit of the chart. */
export function axisText(unit: Unit): (value: number) => string {
  return (value) => {
    if (unit === 'ms' && value >= 10_000) return `${value / 1_000} s`
    // Half a user would be rounded, and the axis say the same number twice.
    if (unit === 'total' && !Number.isInteger(value)) return ''
    return formatMeasure(value, unit)
  }
}

/** A coordinate; a tenth is finer than a screen. */
export function place(value: number): number {
  return Math.round(value * 10) / 10
}
