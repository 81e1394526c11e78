import type { MeasuredStep } from '../../indicators/from-samples/measure-capacity.ts'
import type { BreakingPoint } from '../../statistics/breaking-point.ts'
import { axisText, chart, horizontalAxis, PLOT, place, verticalAxis } from './chart-frame.ts'
import { html, type Html } from './html.ts'
import { linearScale, roundTicks, type Scale } from './scale.ts'

const HEIGHT = 320

/** Less of the load than this is no longer that load (breaking-point.ts). */
const DELIVERED_RATIO = 0.95

/** Offered against achieved load, step by step. */
export function breakingPointChart(
  steps: readonly MeasuredStep[],
  point: BreakingPoint,
  summary: string,
): Html {
  const bottom = HEIGHT - 44
  const most = steps.reduce((high, { offeredPerSecond, achievedPerSecond }) => {
    return Math.max(high, offeredPerSecond, achievedPerSecond)
  }, 0)
  const up = linearScale(most, { from: bottom, to: PLOT.top })
  const across = linearScale(most, { from: PLOT.left, to: PLOT.right })
  const text = axisText('/s')
  const end = roundTicks(most).at(-1) ?? 1
  return chart({
    label: `Offered against achieved load. ${summary}`,
    height: HEIGHT,
    content: [
      ...verticalAxis(up, text),
      ...horizontalAxis(across, bottom, text),
      html`<text x="${PLOT.right}" y="${HEIGHT - 6}" text-anchor="end">offered</text
        ><text x="${PLOT.left}" y="${PLOT.top - 8}">achieved</text>`,
      html`<path
        class="diagonal"
        d="M${place(across.at(0))} ${place(up.at(0))}L${place(across.at(end))} ${place(up.at(end))}"
      />`,
      ...marksOf(point, { across, bottom }),
      html`<path
        class="line one"
        d="${steps.map((step, index) => `${index === 0 ? 'M' : 'L'}${placeOf(step, across, up).join(' ')}`).join('')}"
      />`,
      ...steps.map((step) => stepMark(step, placeOf(step, across, up))),
    ],
  })
}

interface Room {
  across: Scale
  bottom: number
}

function marksOf({ good, bad }: BreakingPoint, { across, bottom }: Room): Html[] {
  const upright = (perSecond: number, label: string, anchor: 'start' | 'end'): Html => {
    const x = place(across.at(perSecond))
    const beside = anchor === 'end' ? x - 6 : x + 6
    return html`<path class="limit" d="M${x} ${PLOT.top}V${bottom}" /><text
        class="limit-label"
        x="${beside}"
        y="${bottom - 8}"
        text-anchor="${anchor}"
        >${label}</text
      >`
  }
  return [
    ...(good ? [upright(good.offeredPerSecond, 'good', 'end')] : []),
    ...(bad ? [upright(bad.offeredPerSecond, 'bad', 'start')] : []),
  ]
}

function placeOf(step: MeasuredStep, across: Scale, up: Scale): [x: number, y: number] {
  return [place(across.at(step.offeredPerSecond)), place(up.at(step.achievedPerSecond))]
}

function stepMark(step: MeasuredStep, [x, y]: [x: number, y: number]): Html {
  const { name, meetsObjectives, offeredPerSecond, achievedPerSecond } = step
  const isSound = meetsObjectives && achievedPerSecond >= offeredPerSecond * DELIVERED_RATIO
  const title = html`<title>${name}</title>`
  if (isSound) return html`<circle class="dot" cx="${x}" cy="${y}" r="4">${title}</circle>`
  return html`<path class="missed-step" d="M${x - 5} ${y - 5}l10 10m0 -10l-10 10">${title}</path>`
}
