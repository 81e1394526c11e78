/** What a counter has counted between two looks at it; one that fell began anew at 0. */
export function increase(before: number, after: number): number {
  return after >= before ? after - before : after
}

/** A counter at a moment: how much it has counted since the first look. */
export interface CounterPoint {
  atMs: number
  counted: number
}

/** Per second, from the first point to the last; undefined where no time lies between them. */
export function meanRate(points: readonly CounterPoint[]): number | undefined {
  const [first] = points
  const last = points.at(-1)
  return first && last && rateBetween(first, last)
}

/**
 * Per second, highest of all windows that begin at a point and are as long as asked, or a little longer: the next
 * point ends them. Where all points lie within less than a window, that of all of them.
 */
export function highestRate(
  points: readonly CounterPoint[],
  windowSeconds: number,
): number | undefined {
  let highest: number | undefined
  let end = 0
  for (const point of points) {
    while (end < points.length && isShort(point, points[end], windowSeconds)) end += 1
    const last = points[end]
    const rate = last && rateBetween(point, last)
    if (rate !== undefined) highest = Math.max(highest ?? rate, rate)
  }
  return highest ?? meanRate(points)
}

// A scrape that is due after a second comes some milliseconds sooner or later.
const EARLY_MS = 50

function isShort(from: CounterPoint, to: CounterPoint | undefined, seconds: number): boolean {
  return to !== undefined && to.atMs - from.atMs < seconds * 1_000 - EARLY_MS
}

function rateBetween(from: CounterPoint, to: CounterPoint): number | undefined {
  const seconds = (to.atMs - from.atMs) / 1_000
  return seconds > 0 ? (to.counted - from.counted) / seconds : undefined
}
