import { PLOT, place } from './chart-frame.ts'
import { html, type Html } from './html.ts'
import type { PhaseSpan } from './report-file.ts'
import type { Scale } from './scale.ts'

/** Widest that a letter of a phase's name is. */
const LETTER = 6.4

/** The phases behind a chart: every second one tinted, those that are not judged hatched. */
export function phaseBands(phases: readonly PhaseSpan[], time: Scale, bottom: number): Html[] {
  const { left, right, top } = PLOT
  const inside = (value: number): number => Math.min(right, Math.max(left, value))
  return phases.flatMap(({ name, from, to, isJudged }, index) => {
    const start = place(inside(time.at(from)))
    const width = place(inside(time.at(to)) - start)
    if (width <= 0) return []
    const kind = isJudged ? (index % 2 === 0 ? 'band' : 'band odd') : 'band unjudged'
    const label =
      width > name.length * LETTER &&
      html`<text class="phase" x="${place(start + width / 2)}" y="${top - 7}" text-anchor="middle"
        >${name}</text
      >`
    return [
      html`<g
        ><title>${name}</title
        ><rect
          class="${kind}"
          x="${start}"
          y="${top}"
          width="${width}"
          height="${bottom - top}"
        />${label}</g
      >`,
    ]
  })
}
