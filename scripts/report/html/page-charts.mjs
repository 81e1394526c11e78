import uPlot from 'uplot'
import { formatMeasure } from '../../core/format-measure.ts'
import { axisText, PLOT } from './chart-frame.ts'
import { elapsed, latency } from './format-text.ts'
import { colour, drawBands, drawLimits } from './page-canvas.mjs'
import { loneIndices } from './scale.ts'
import { chartHeight } from './panel-chart.ts'

const NARROWEST = 320

// As in the drawings, so that all clocks are under each other.
const LEFT = PLOT.left / PLOT.width
const RIGHT = 1 - PLOT.right / PLOT.width

const DASHES = { three: [5, 4], dropped: [2, 4], idle: [1, 3] }
const COLOURS = { bad: 'fail', dropped: 'marginal', idle: 'muted' }

/** Puts an interactive chart over each drawing of the timeline; their cursors move together. */
export function drawCharts(data) {
  const panels = data.panels.flatMap((panel) => {
    const figure = document.querySelector(`figure[data-panel="${panel.id}"]`)
    return figure ? [{ panel, figure, holder: holderIn(figure, panel) }] : []
  })
  let charts = []
  const draw = () => {
    charts.forEach((chart) => chart.destroy())
    charts = panels.map(({ panel, holder }) => chartOf(data, panel, holder))
  }
  draw()
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
  addEventListener('resize', () => {
    charts.forEach((chart, index) => {
      chart.setSize({ width: widthOf(panels[index].holder), height: chart.height })
    })
  })
}

function holderIn(figure, { id }) {
  const holder = document.createElement('div')
  holder.className = 'live'
  holder.tabIndex = 0
  holder.setAttribute('role', 'application')
  holder.setAttribute('aria-label', `${id} over time: the arrow keys move the cursor`)
  figure.querySelector('.static').before(holder)
  figure.classList.add('is-live')
  return holder
}

function chartOf(data, panel, holder) {
  const options = {
    width: widthOf(holder),
    height: chartHeight(panel),
    padding: [PLOT.top, ({ width }) => width * RIGHT, 0, 0],
    cursor: { sync: { key: 'timeline' }, y: false, points: { size: 6 } },
    scales: {
      x: { time: false, range: (_, from, to) => spanOf(data, from, to) },
      y: { range: (_, __, most) => [0, topOf(panel, most)] },
    },
    series: [
      {
        label: 'time',
        value: (_, seconds) => (seconds === null ? '' : elapsed(seconds - data.stepSeconds / 2)),
      },
      ...panel.lines.map(lineOf(panel)),
    ],
    axes: [
      axis({ values: (_, ticks) => ticks.map(elapsed), size: 26, incrs: TIMES }),
      axis({
        values: (_, ticks) => ticks.map(axisText(panel.unit)),
        size: ({ width }) => width * LEFT,
      }),
    ],
    hooks: {
      setCursor: [({ cursor }) => holder.classList.toggle('has-cursor', cursor.idx !== null)],
      drawClear: [(chart) => drawBands(chart, data.phases)],
      draw: [(chart) => drawLimits(chart, panel)],
    },
  }
  const chart = new uPlot(
    options,
    [data.seconds, ...panel.lines.map(({ values }) => values)],
    holder,
  )
  holder.onkeydown = (event) => moveCursor(chart, event)
  return chart
}

const TIMES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400]

function lineOf({ unit }) {
  return ({ label, tone, values }) => {
    const ink = colour(COLOURS[tone] ?? tone)
    const lone = loneIndices(values)
    return {
      label,
      stroke: ink,
      width: 1.8,
      dash: DASHES[tone],
      points: { show: false, filter: () => lone, size: 5, fill: ink },
      value: (_, value, __, index) => {
        if (index === null) return ''
        return unit === 'ms' ? latency(value) : formatMeasure(value, unit)
      },
    }
  }
}

function axis(more) {
  const grid = { stroke: colour('grid'), width: 1 }
  return { stroke: colour('muted'), grid, ticks: grid, font: '12px system-ui, sans-serif', ...more }
}

// All of the run, or what a reader has zoomed to.
function spanOf({ seconds, stepSeconds }, from, to) {
  const isAll = from <= seconds[0] && to >= seconds[seconds.length - 1]
  return isAll ? [0, seconds.length * stepSeconds] : [from, to]
}

function topOf({ limits }, most) {
  return Math.max(1e-3, most ?? 0, ...limits.map(({ value }) => value)) * 1.08
}

function moveCursor(chart, event) {
  const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (by === undefined) return
  event.preventDefault()
  const last = chart.data[0].length - 1
  const next = Math.min(last, Math.max(0, (chart.cursor.idx ?? (by > 0 ? -1 : last + 1)) + by))
  chart.setCursor({ left: chart.valToPos(chart.data[0][next], 'x'), top: 0 }, true, true)
}

function widthOf(holder) {
  return Math.max(NARROWEST, holder.clientWidth)
}
