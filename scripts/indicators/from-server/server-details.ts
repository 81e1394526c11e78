import type { Indicator } from '../indicator.ts'
import { type ServerCourse, serverCourse, type ServerPoint } from './server-course.ts'
import { selectorText, serverUnit } from './server-value.ts'

/** What the report draws of an objective on a server's metric. Plain JSON, in the unit of the limit. */
export interface ServerDetails {
  kind: 'server'
  /** What is drawn, a rate or a value: objectives with the same belong into one chart. */
  drawn: string
  /** The limit is this much above what stands in the SLA file: that of a growth begins at the first value. */
  base?: number
  servers: ServerLine[]
}

/** The values of a server over the run. */
export interface ServerLine {
  url: string
  region?: string
  atMs: number[]
  values: number[]
}

/** Enough for a chart. */
const POINTS_MAX = 1_000

const ALWAYS = [{ startUs: 0, endUs: Infinity }]

/** The course of a metric during all of the load; undefined for an idle target, which no chart of the load shows. */
export function serverDetails(
  servers: readonly RecordedServer[],
  indicator: Indicator<'server'>,
): ServerDetails | undefined {
  const { statistic, when } = indicator
  if (when === 'idle') return undefined
  const { factor } = serverUnit(indicator)
  const isRate = statistic === 'rate' || statistic === 'max-rate'
  const lines = servers.map((server): ServerLine => {
    const { url, region } = server
    const course = serverCourse(server, indicator, ALWAYS)
    const points = thinned(isRate ? ratesOf(course) : course.points)
    const values = points.map(({ value }) => value * factor)
    const atMs = points.map((point) => point.atMs)
    return { url, ...(region !== undefined && { region }), atMs, values }
  })
  const base = statistic === 'growth' && lines.length === 1 ? lines[0]?.values[0] : undefined
  const drawn = `${isRate ? 'rate of ' : ''}${selectorText(indicator)}`
  return { kind: 'server', drawn, ...(base !== undefined && { base }), servers: lines }
}

// What was counted from one look to the next.
function ratesOf({ counted }: ServerCourse): ServerPoint[] {
  return counted.flatMap((part) =>
    part.slice(1).map(({ atMs, counted: now }, index) => {
      const before = part[index] ?? { atMs: 0, counted: 0 }
      const seconds = Math.max(0.001, (atMs - before.atMs) / 1_000)
      return { atMs, value: (now - before.counted) / seconds }
    }),
  )
}

/** So many points at most; of neighbours that become one the highest is shown. */
function thinned(points: readonly ServerPoint[], most = POINTS_MAX): ServerPoint[] {
  const size = Math.ceil(points.length / most)
  if (size <= 1) return [...points]
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points
      .slice(index * size, (index + 1) * size)
      .reduce((high, each) => (each.value > high.value ? each : high)),
  )
}

/** What the targets' own metrics said during a run. */
export interface ServerRecording {
  servers: readonly RecordedServer[]
}

/** One address that answers with metrics in the text format of Prometheus. */
export interface RecordedServer {
  /** Without its query's values. */
  url: string
  /** Missing for the server of all regions that have no address for themselves. */
  region?: string
  /** Names of all metrics that it had in its first answer. */
  names: readonly string[]
  /** Those of them that it calls gauges. */
  gauges: readonly string[]
  /** In order of time. */
  scrapes: readonly ServerScrape[]
}

/** One look at a server's metrics; either an answer, or why there is none. */
export type ServerScrape = { atMs: number; when: ServerTime } & (
  { series: readonly ServerSeries[] } | { error: string }
)

/** A value of a metric, with the labels that tell it from others of its name. */
export type ServerSeries = readonly [
  name: string,
  labels: Readonly<Record<string, string>>,
  value: number,
]

/** Before k6 began, or since then. */
export const SERVER_TIMES = ['load', 'idle'] as const

export type ServerTime = (typeof SERVER_TIMES)[number]
