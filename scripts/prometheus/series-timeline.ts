import { type Series, STALE, type TimedValue } from './write-request.ts'

/** One series and its value now. */
export interface Gauge {
  name: string
  /** Without the labels that all series of a run have. */
  labels: Record<string, string>
  value: number
  /** When it began, if that is known better than by the next push; milliseconds since 1970. */
  fromMs?: number
  /** When it ends, likewise. */
  untilMs?: number
  /** It counts upwards, so it began at zero: without that zero, increase() loses what came before the first push. */
  isCounter?: boolean
}

/** What to push at a moment. */
export interface Push {
  series: Series[]
  /** To be called once the receiver has it. */
  accepted: () => void
}

/** Which series there are over time, so that each begins and ends when it did. */
export interface SeriesTimeline {
  next(gauges: readonly Gauge[], nowMs: number): Push
  /** The same, and then the end of all of them. */
  end(gauges: readonly Gauge[], nowMs: number): Series[]
}

/**
 * Turns what is true at each moment into samples. A gauge that is there no more, or whose time is over,
 * ends with a stale marker: Prometheus would show its last value for another five minutes.
 *
 * @param labels of every series
 */
export function createTimeline(labels: Record<string, string>, intervalMs: number): SeriesTimeline {
  let open = new Map<string, Gauge>()
  let lastMs = -Infinity

  const next = (gauges: readonly Gauge[], wantedMs: number): Push => {
    // Prometheus takes no second value for the same millisecond.
    const nowMs = Math.max(wantedMs, lastMs + 1)
    const moments = { sinceMs: lastMs, nowMs, intervalMs }
    lastMs = nowMs
    const begun = gauges.filter((gauge) => isOf(gauge, moments))
    const told = new Set(begun.map(keyOf))
    const series = begun.map((gauge) => {
      const earlier = open.has(keyOf(gauge)) ? [] : beginning(gauge, moments)
      return seriesOf(labels, gauge, [...earlier, now(gauge, moments)])
    })
    const gone = [...open].filter(([key]) => !told.has(key)).map(([, gauge]) => gauge)
    const ends = gone.map((gauge) => seriesOf(labels, gauge, [{ value: STALE, atMs: nowMs }]))
    const current = new Map(
      begun.filter(({ untilMs }) => !isOver(untilMs, nowMs)).map((gauge) => [keyOf(gauge), gauge]),
    )
    // What does not arrive is ended again with the next push.
    open = new Map([...open, ...current])
    return { series: [...series, ...ends], accepted: () => (open = current) }
  }
  return {
    next,
    end(gauges, nowMs) {
      const { series } = next(gauges, nowMs)
      const stale = { value: STALE, atMs: lastMs + 1 } as const
      return series.map((each) => {
        const isEnded = each.samples.at(-1)?.value === STALE
        return isEnded ? each : { ...each, samples: [...each.samples, stale] }
      })
    },
  }
}

/** A gauge as a series of a run. */
export function seriesOf(
  labels: Record<string, string>,
  { name, labels: own }: Gauge,
  samples: readonly TimedValue[],
): Series {
  return { labels: { ...labels, ...own, __name__: name }, samples }
}

interface Moments {
  /** Of the last push. */
  sinceMs: number
  nowMs: number
  intervalMs: number
}

/** It has begun, and was not over at the last push. */
function isOf({ fromMs, untilMs }: Gauge, { sinceMs, nowMs }: Moments): boolean {
  return (fromMs === undefined || fromMs <= nowMs) && !isOver(untilMs, sinceMs)
}

function isOver(untilMs: number | undefined, atMs: number): boolean {
  return untilMs !== undefined && untilMs <= atMs
}

/** What a series had before its first push: its start, or for a counter the zero that it began with. */
function beginning(gauge: Gauge, { sinceMs, nowMs, intervalMs }: Moments): TimedValue[] {
  const { fromMs, isCounter, value } = gauge
  const atMs = isCounter ? Math.max(nowMs - intervalMs, sinceMs + 1) : (fromMs ?? nowMs)
  return atMs > sinceMs && atMs < nowMs ? [{ value: isCounter ? 0 : value, atMs }] : []
}

function now({ untilMs, value }: Gauge, { nowMs }: Moments): TimedValue {
  if (untilMs !== undefined && untilMs <= nowMs) return { value: STALE, atMs: untilMs }
  return { value, atMs: nowMs }
}

function keyOf({ name, labels }: Gauge): string {
  return JSON.stringify([name, labels])
}
