/** What the targets' own metrics said during a run. */
export interface ServerRecording {
  servers: readonly RecordedServer[]
}

/** One address that answers with metrics in the text format of Prometheus. */
export interface RecordedServer {
  /** Without its query's values. */
  url: string
  /** Missing where it stands for every region without an address of its own. */
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
