import { copyFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import type {
  RecordedServer,
  ServerRecording,
  ServerScrape,
} from '../indicators/from-server/server-details.ts'
import { FIGURE, list, MOMENT_MS, NUMBER, object, one, record, TEXT } from '../core/schema.ts'

/** In a run's folder: a line of JSON for each server, then one for each scrape. */
export const SERVER_METRICS_FILE = 'server-metrics.jsonl'

/** A day of scrapes of some hundred series each. */
const BYTES_MAX = 500_000_000

/** What was read from the targets' metrics during a run; undefined where nobody has. */
export async function readServerMetrics(folder: string): Promise<ServerRecording | undefined> {
  const lines = await serverMetricsLines(folder)
  return lines.length === 0 ? undefined : { servers: serversIn(lines) }
}

/** The lines of the file, whatever is in them; none where there is no such file. */
export async function serverMetricsLines(folder: string): Promise<unknown[]> {
  const path = join(folder, SERVER_METRICS_FILE)
  const size = await stat(path).then(
    (file) => file.size,
    () => 0,
  )
  if (size === 0 || size > BYTES_MAX) return []
  const text = await readFile(path, 'utf8').catch(() => '')
  return text.split('\n').map(parsed)
}

/** Copies the scrapes of the first run that has some: every machine has asked the same servers. */
export async function copyServerMetrics(from: readonly string[], to: string): Promise<void> {
  for (const folder of from) {
    const isCopied = await copyFile(
      join(folder, SERVER_METRICS_FILE),
      join(to, SERVER_METRICS_FILE),
    ).then(
      () => true,
      () => false,
    )
    if (isCopied) return
  }
}

// The last line of a run that was killed is torn, and in somebody else's folder anything may stand.
function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    return undefined
  }
}

function serversIn(lines: readonly unknown[]): RecordedServer[] {
  const servers = new Map<number, ServerLine>()
  const scrapes = new Map<number, ServerScrape[]>()
  for (const line of lines) {
    if (isServerLine(line)) {
      servers.set(line.server, { ...servers.get(line.server), ...line })
    } else if (isScrapeLine(line)) {
      const own = scrapes.get(line.server) ?? []
      scrapes.set(line.server, own)
      own.push(scrapeOf(line))
    }
  }
  return [...servers].map(([index, { url, region, names = [], gauges = [] }]) => ({
    url,
    ...(region !== undefined && { region }),
    names,
    gauges,
    scrapes: (scrapes.get(index) ?? []).sort((one, other) => one.atMs - other.atMs),
  }))
}

function scrapeOf({ atMs, when, error, series }: ScrapeLine): ServerScrape {
  if (error !== undefined) return { atMs, when, error }
  // JSON has no NaN.
  const sound = (series ?? []).flatMap(([name, labels, value]) =>
    value === null ? [] : [[name, labels, value] as const],
  )
  return { atMs, when, series: sound }
}

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
