import { number } from '../../core/format-measure.ts'
import type { HeatMap } from '../../verdict/tables/latency-series.ts'
import { axisText, chart, horizontalAxis, PLOT, place } from './chart-frame.ts'
import { foldedTable } from './data-table.ts'
import { elapsed, latency } from './format-text.ts'
import { trafficWords } from '../../verdict/verdict-file.ts'
import { html, type Html } from './html.ts'
import { phaseBands } from './phase-bands.ts'
import { phaseSpans, type ReportFile } from './report-file.ts'
import { timeScale } from './scale.ts'

const HEIGHT = 300

/** Shades; the number of requests grows by a factor from each to the next. */
const SHADES = 8

/** How latencies were spread at each moment: what percentiles hide, such as two groups of requests. */
export function heatMapSection(file: ReportFile): Html | undefined {
  const heatMap = file.series?.heatMap
  if (!heatMap || heatMap.cells.length === 0) return undefined
  const { one, counts } = trafficWords(file)
  const totals = totalsOf(heatMap)
  const busiest = totals.reduce((best, each) => (each.requests > best.requests ? each : best))
  const most = heatMap.cells.reduce((high, [, , requests]) => Math.max(high, requests), 0)
  const label = `The most frequent latency was ${latency(busiest.from)} to ${latency(busiest.to)}. A cell holds up to ${number(most)} ${one}s.`
  return html`<figure>
    <figcaption>
      <p>
        ${label} The stronger its colour, the more ${one}s: shades grow by a constant factor. The
        scale of the latency is logarithmic.
      </p>
    </figcaption>
    ${chart({ label: `Latency heat map. ${label}`, height: HEIGHT, content: drawing(file, heatMap, most) })}
    ${foldedTable('Numbers of this chart', {
      caption: `${one === 'request' ? 'Expected responses' : 'Operations that did not fail'} of the whole run by latency`,
      columns: [
        { head: 'From', isRowHead: true, cell: ({ from }) => latency(from) },
        { head: 'To', isNumber: true, cell: ({ to }) => latency(to) },
        { head: counts, isNumber: true, cell: ({ requests }) => number(requests) },
      ],
      rows: totals,
    })}
  </figure>`
}

function drawing(file: ReportFile, heatMap: HeatMap, most: number): Html[] {
  const { stepSeconds, bucketsMs, cells } = heatMap
  const { left, right, top } = PLOT
  const bottom = HEIGHT - 26
  const seconds = secondsOf(file, heatMap)
  const time = timeScale(seconds, { from: left, to: right })
  const rowHeight = (bottom - top) / bucketsMs.length
  const shades = Array.from({ length: SHADES }, (): string[] => [])
  for (const [step, bucket, requests] of cells) {
    const shade = Math.ceil((SHADES * Math.log1p(requests)) / Math.log1p(most)) - 1
    shades[shade]?.push(`M${step} ${bucketsMs.length - 1 - bucket}h1v1h-1z`)
  }
  const across = (right - left) * (stepSeconds / seconds)
  return [
    ...phaseBands(phaseSpans(file), time, bottom),
    html`<g
      transform="translate(${left} ${top}) scale(${across.toFixed(4)} ${rowHeight.toFixed(4)})"
      >${shades.map(
        (paths, index) =>
          paths.length > 0 && html`<path class="heat heat-${index + 1}" d="${paths.join('')}" />`,
      )}</g
    >`,
    ...bucketsMs.flatMap((ms, bucket) => {
      if (!isLabelled(ms)) return []
      const y = place(bottom - bucket * rowHeight)
      return [
        html`<path class="grid over" d="M${left} ${y}H${right}" /><text
            x="${left - 8}"
            y="${y}"
            dy=".32em"
            text-anchor="end"
            >${axisText('ms')(ms)}</text
          >`,
      ]
    }),
    ...horizontalAxis(time, bottom, elapsed),
  ]
}

// The same clock as the charts above it.
function secondsOf({ series }: ReportFile, { cells, stepSeconds }: HeatMap): number {
  const steps = cells.reduce((last, [step]) => Math.max(last, step + 1), 1)
  const { timeline } = series ?? {}
  return Math.max(steps * stepSeconds, (timeline?.step.length ?? 0) * (timeline?.stepSeconds ?? 0))
}

// Every second doubling: 1, 4, 16, 64, 256 ms.
function isLabelled(ms: number): boolean {
  const doublings = Math.log2(ms) / 2
  return Math.abs(doublings - Math.round(doublings)) < 1e-6
}

function totalsOf({ bucketsMs, cells }: HeatMap) {
  const totals = bucketsMs.map((from, index) => {
    const to = bucketsMs[index + 1] ?? from * 2 ** 0.25
    return { from, to, requests: 0 }
  })
  for (const [, bucket, requests] of cells) {
    const total = totals[bucket]
    if (total) total.requests += requests
  }
  return totals
}
