import { number } from '../../core/format-measure.ts'
import { axisText, chart, horizontalAxis, PLOT, place, verticalAxis } from './chart-frame.ts'
import { foldedTable } from './data-table.ts'
import { latency } from './format-text.ts'
import { html, type Html } from './html.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'
import { latencyLimits } from './panels.ts'
import type { ReportFile } from './report-file.ts'
import { linearScale, type Scale } from './scale.ts'

const HEIGHT = 280

/** A percentile with fewer requests above it says little. */
const LEAST_ABOVE = 10

/** Right end of the axis: one request in a hundred thousand is slower. */
const NINES_MAX = 5

/** Which share of the requests was slower than what: the tail drawn as large as the rest. */
export function percentileSection(file: ReportFile): Html | undefined {
  const points = (file.series?.percentiles ?? []).filter(({ ms }) => Number.isFinite(ms))
  const { one } = trafficWords(file)
  const isOfRequests = one === 'request'
  const slowest = points.at(-1)
  if (!slowest) return undefined
  const requests = (file.series?.heatMap.cells ?? []).reduce((sum, [, , each]) => sum + each, 0)
  const sound = points.filter(({ percentile }) => isSound(percentile, requests))
  const at = (percentile: number): string =>
    latency(points.find((point) => point.percentile === percentile)?.ms)
  const summary = `Half of the ${one}s took less than ${at(50)}, 99 in 100 less than ${at(99)}, the slowest ${at(100)}.`
  return html`<figure>
    <figcaption>
      <p>
        ${summary} All phases, ${number(requests)}
        ${isOfRequests ? 'expected responses' : 'operations that did not fail'}; the tail is
        stretched. Dotted: fewer than ${LEAST_ABOVE} ${one}s are slower. Crosses: limits of the SLA,
        which judges its own phases.
      </p>
    </figcaption>
    ${chart({ label: `Percentiles of latency. ${summary}`, height: HEIGHT, content: drawing(file, points, sound) })}
    ${foldedTable('Numbers of this chart', {
      caption: `${isOfRequests ? 'Latency of expected responses' : 'Duration of operations'} by percentile, all phases`,
      columns: [
        { head: 'Percentile', isRowHead: true, cell: ({ percentile }) => nameOf(percentile) },
        { head: 'Latency', isNumber: true, cell: ({ ms }) => latency(ms) },
        {
          head: 'Basis',
          cell: ({ percentile }) => (isSound(percentile, requests) ? 'sound' : `few ${one}s`),
        },
      ],
      rows: points,
    })}
  </figure>`
}

interface Point {
  percentile: number
  ms: number
}

function drawing(file: ReportFile, points: readonly Point[], sound: readonly Point[]): Html[] {
  const bottom = HEIGHT - 26
  const most = points.reduce((high, { ms }) => Math.max(high, ms), 0)
  const limits = latencyLimits(file).filter(({ value }) => value <= most * 2)
  const top = limits.reduce((high, { value }) => Math.max(high, value), most)
  const scale = linearScale(top, { from: bottom, to: PLOT.top })
  const across = percentileScale()
  const path = (part: readonly Point[]): string =>
    part
      .map(({ percentile, ms }, index) => {
        return `${index === 0 ? 'M' : 'L'}${place(across.at(percentile))} ${place(scale.at(ms))}`
      })
      .join('')
  const tail = points.slice(Math.max(0, sound.length - 1))
  return [
    ...verticalAxis(scale, axisText('ms')),
    ...horizontalAxis(across, bottom, nameOf),
    html`<path class="line one thin" d="${path(tail)}" /><path
        class="line one"
        d="${path(sound)}"
      />`,
    ...points.map(({ percentile, ms }) => {
      return html`<circle
        class="dot"
        cx="${place(across.at(percentile))}"
        cy="${place(scale.at(ms))}"
        r="3"
        ><title>${nameOf(percentile)}: ${latency(ms)}</title></circle
      >`
    }),
    ...limits.map(({ label, value, percentile }) => {
      const x = place(across.at(percentile))
      const y = place(scale.at(value))
      return html`<path class="cross" d="M${x - 6} ${y}h12M${x} ${y - 6}v12" /><text
          class="limit-label"
          x="${x - 10}"
          y="${y}"
          dy=".32em"
          text-anchor="end"
          >${label}</text
        >`
    }),
  ]
}

// Each nine takes the same room: 90, 99, 99.9 %.
function percentileScale(): Scale {
  const { left, right } = PLOT
  return {
    ticks: [0, 50, 90, 95, 99, 99.9, 99.99, 100],
    at: (percentile) => {
      const nines = percentile >= 100 ? NINES_MAX : -Math.log10(1 - percentile / 100)
      return left + 12 + (nines / NINES_MAX) * (right - left - 24)
    },
  }
}

function isSound(percentile: number, requests: number): boolean {
  return requests * (1 - percentile / 100) >= LEAST_ABOVE
}

function nameOf(percentile: number): string {
  if (percentile === 0) return 'fastest'
  return percentile === 100 ? 'slowest' : `p${percentile}`
}
