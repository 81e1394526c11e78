import { Ajv } from 'ajv'
import { FIGURE, list, MOMENT_MS, NUMBER, object, one, record, TEXT } from '../core/schema.ts'

/** Says what a server is; written again once its names are known. */
export interface ServerLine {
  /** Number of the server, which its scrapes repeat. */
  server: number
  url: string
  region?: string
  names?: string[]
  gauges?: string[]
}

/** One look at it: its answer, or why there was none. */
export interface ScrapeLine {
  server: number
  atMs: number
  when: 'load' | 'idle'
  /** How long the answer took. */
  tookMs: number
  error?: string
  /** A value is null where it is no number. */
  series?: [name: string, labels: Record<string, string>, value: number | null][]
}

/** A limit that was missed from that look on. */
export interface AlertLine {
  server: number
  atMs: number
  alert: { id: string; severity: 'critical' | 'warning'; value: number; text: string }
}

const ajv = new Ajv({ allowUnionTypes: true, strictTuples: false })

const INDEX = { type: 'integer', minimum: 0, maximum: 1_000 }

const SERIES = {
  type: 'array',
  items: [TEXT, record(TEXT), FIGURE],
  minItems: 3,
  maxItems: 3,
}

/** Whether a line of the file is one of a server. */
export const isServerLine = ajv.compile<ServerLine>(
  object({ server: INDEX, url: TEXT }, { region: TEXT, names: list(TEXT), gauges: list(TEXT) }),
)

/** Whether a line of the file is one of a scrape. */
export const isScrapeLine = ajv.compile<ScrapeLine>(
  object(
    { server: INDEX, atMs: MOMENT_MS, when: one('load', 'idle') },
    { error: TEXT, series: list(SERIES) },
  ),
)

/** Whether a line of the file is an alert. */
export const isAlertLine = ajv.compile<AlertLine>(
  object({
    server: INDEX,
    atMs: MOMENT_MS,
    alert: object({ id: TEXT, severity: one('critical', 'warning'), value: NUMBER, text: TEXT }),
  }),
)
