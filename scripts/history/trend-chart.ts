import { html, type Html } from '../report/html/html.ts'
import { measureText } from '../report/objective-text.ts'
import type { ObjectiveTrend, TrendPoint } from './objective-trend.ts'

const WIDTH = 320
const HEIGHT = 90
const EDGE = 8

/** Newest points: more would lie on each other. */
const POINTS_MAX = 60

/** A limit this many times farther than all values would press them flat; it is reported in words. */
const FAR = 4

/** Above the values, for these words. */
const ROOM = 1.5

/** An objective over its runs, oldest on the left, as a small SVG. */
export function trendChart({ objective, points }: ObjectiveTrend): Html {
  const { id, bound, limit, unit } = objective
  const shown = points.slice(-POINTS_MAX)
  const { low, high, hasLimit } = rangeOf(shown, objective)
  const x = (index: number): number =>
    shown.length === 1 ? WIDTH / 2 : EDGE + (index * (WIDTH - 2 * EDGE)) / (shown.length - 1)
  const y = (value: number): number =>
    HEIGHT - EDGE - ((value - low) * (HEIGHT - 2 * EDGE)) / (high - low || 1)
  const at = (verdict: TrendPoint['verdict'], shape: string): string =>
    shown
      .map((point, index) =>
        point.verdict === verdict ? `M${round(x(index))} ${round(y(point.value))}${shape}` : '',
      )
      .join('')
  const line = shown.map(({ value }, index) => `${round(x(index))} ${round(y(value))}`).join('L')
  const label = `${id} over ${shown.length} runs, limit ${limit}, latest ${measureText(shown.at(-1)?.value, unit)}`
  return html`<svg class="trend" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
    ${hasLimit && html`<path class="limit" d="M0 ${round(y(bound))}H${WIDTH}" />`}
    <path class="line" d="M${line}" />
    <path class="dots" d="${at('PASS', 'h0')}" />
    <path class="near" d="${at('MARGINAL', 'm0 -5l5 9h-10z')}" />
    <path class="cross" d="${at('FAIL', 'm-4 -4l8 8m0 -8l-8 8')}" />
    ${!hasLimit && html`<text x="${WIDTH - EDGE}" y="12">limit ${limit}, outside</text>`}
  </svg>`
}

// From zero where lower is better: then a height is a size. A ratio near 100 % needs a closer look.
function rangeOf(points: readonly TrendPoint[], { bound, limit }: ObjectiveTrend['objective']) {
  const values = points.map(({ value }) => value)
  const [least, most] = [Math.min(...values), Math.max(...values)]
  if (limit.startsWith('<')) {
    const hasLimit = bound <= most * FAR || most === 0
    return {
      low: Math.min(0, least),
      high: hasLimit ? Math.max(most, bound) : most * ROOM,
      hasLimit,
    }
  }
  const reach = most - least
  const hasLimit = bound >= least - FAR * reach || reach === 0 || bound >= most / FAR
  return { low: hasLimit ? Math.min(least, bound) : least, high: Math.max(most, bound), hasLimit }
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
