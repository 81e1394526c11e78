import { elapsed } from '../report/html/format-text.ts'
import { html, type Html } from '../report/html/html.ts'
import { timeScale } from '../report/html/scale.ts'
import { classOf, stateOf } from '../report/html/state-mark.ts'
import { runsOf, type RunState, type SuiteState } from './suite-state.ts'

const WIDTH = 1_000
const LANE = 26
const NAMES = 260

interface Scale {
  startMs: number
  lengthMs: number
}

/** When each run was made: a bar for each, in the colour of its verdict. */
export function timelineSection(state: SuiteState): Html | undefined {
  const runs = runsOf(state).filter(({ startedAt }) => startedAt !== undefined)
  if (runs.length === 0) return undefined
  const startMs = Date.parse(state.startedAt)
  const endMs = Math.max(
    ...runs.map(({ startedAt, endedAt }) => Date.parse(endedAt ?? startedAt ?? '')),
  )
  const scale = { startMs, lengthMs: Math.max(1, endMs - startMs) }
  const height = (runs.length + 1) * LANE
  return html`<figure>
    <div class="scroll" role="group" aria-label="Timeline of runs" tabindex="0">
      <svg
        class="lanes"
        viewBox="0 0 ${WIDTH} ${height}"
        role="img"
        aria-label="When each run was made"
      >
        ${runs.map((run, index) => laneOf(run, index, scale))} ${ticksOf(scale, height)}
      </svg>
    </div>
    <figcaption>
      <p>Time since the suite began; each bar includes starting and judging the run.</p>
    </figcaption>
  </figure>`
}

function laneOf(run: RunState, index: number, scale: Scale): Html {
  const { startedAt = '', endedAt = startedAt, outcome, number, label } = run
  const [from, to] = [startedAt, endedAt].map((at) => placeOf(Date.parse(at), scale)) as [
    number,
    number,
  ]
  const y = index * LANE
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1_000
  const name = `${number} ${label}`
  return html`<g class="${outcome ? classOf(stateOf(outcome)) : 'is-invalid'}">
    <rect class="lane" x="${NAMES}" y="${y + 3}" width="${WIDTH - NAMES}" height="${LANE - 6}" />
    <rect
      class="bar"
      x="${from.toFixed(1)}"
      y="${y + 3}"
      width="${Math.max(2, to - from).toFixed(1)}"
      height="${LANE - 6}"
    />
    <title>${name}: ${seconds.toFixed(1)} s</title>
    <text x="0" y="${y + 17}">${name.length > 42 ? `${name.slice(0, 41)}…` : name}</text>
  </g>`
}

function ticksOf({ lengthMs }: Scale, height: number): Html[] {
  const { ticks, at } = timeScale(lengthMs / 1_000, { from: NAMES, to: WIDTH })
  return ticks.map((seconds) => {
    const x = at(seconds)
    const anchor = seconds === 0 ? 'start' : x > WIDTH - 20 ? 'end' : 'middle'
    return html`<text class="muted" x="${x.toFixed(1)}" y="${height - 8}" text-anchor="${anchor}">
      ${elapsed(seconds)}
    </text>`
  })
}

function placeOf(ms: number, { startMs, lengthMs }: Scale): number {
  return NAMES + ((ms - startMs) / lengthMs) * (WIDTH - NAMES)
}
