import { copyFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  RecordedServer,
  ServerRecording,
  ServerScrape,
} from '../indicators/from-server/server-recording.ts'
import { isScrapeLine, isServerLine, type ScrapeLine, type ServerLine } from './server-lines.ts'

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
