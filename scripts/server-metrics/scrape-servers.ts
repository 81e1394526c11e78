import { setMaxListeners } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { join } from 'node:path'
import { say } from '../core/console.ts'
import { metricsFetcher } from './fetch-metrics.ts'
import { parseExposition, type Exposition, ExpositionError } from './parse-exposition.ts'
import {
  type AlertLine,
  type ScrapeLine,
  SERVER_METRICS_FILE,
  type ServerLine,
} from './server-file.ts'
import type { AlertWatch } from './server-alerts.ts'
import type { MetricsServer } from './start-server-metrics.ts'

export interface ScrapeInput {
  /** Folder of the run. */
  folder: string
  servers: readonly MetricsServer[]
  intervalMs: number
  /** Names of the metrics to keep. */
  isWanted: (name: string) => boolean
  /** Gets each answer; what it gives is written down. */
  watch?: AlertWatch
  /** Gets a sentence on the first look at a server that fails: without objectives nothing else would say so. */
  tell?: (text: string) => void
  authorization?: string | undefined
  insecure?: boolean | undefined
}

/** Scrapes that go on. */
export interface RunningScrapes {
  /** From now on the target is no longer idle. */
  loadBegins: () => void
  stop: () => Promise<void>
}

/** After so many the interval is doubled: a run of a day must not fill the disk. */
const SCRAPES_MAX = 20_000

/** So many series of all wanted metrics are kept of an answer, and so many names of a server. */
const SERIES_MAX = 2_000
const NAMES_MAX = 2_000

/**
 * Reads the metrics of each server again and again, and writes them down. None waits for another; a scrape that takes
 * longer than the interval delays the next one and nothing else.
 */
export function scrapeServers(input: ScrapeInput): RunningScrapes {
  const ending = new AbortController()
  // Each server has its own listeners.
  setMaxListeners(0, ending.signal)
  const file = createWriteStream(join(input.folder, SERVER_METRICS_FILE))
  file.on('error', (error) => say(`${SERVER_METRICS_FILE} could not be written: ${error.message}`))
  const write = (line: ServerLine | ScrapeLine | AlertLine): void => {
    if (!file.errored) file.write(`${JSON.stringify(line)}\n`)
  }
  const state: { when: ScrapeLine['when'] } = { when: 'idle' }
  const loops = input.servers.map((server, index) => {
    const fetch = metricsFetcher({ ...input, url: server.url, signal: ending.signal })
    return scrapeOne({ input, server, index, fetch, write, state, signal: ending.signal })
  })
  return {
    loadBegins: () => (state.when = 'load'),
    stop: async () => {
      ending.abort()
      await Promise.all(loops)
      file.end()
      await finished(file).catch(() => undefined)
    },
  }
}

interface OneServer {
  input: ScrapeInput
  server: MetricsServer
  index: number
  fetch: ReturnType<typeof metricsFetcher>
  write: (line: ServerLine | ScrapeLine | AlertLine) => void
  state: { when: ScrapeLine['when'] }
  signal: AbortSignal
}

async function scrapeOne(one: OneServer): Promise<void> {
  const { input, server, index, fetch, write, state, signal } = one
  const { region, shownUrl: url } = server
  const known: ServerLine = { server: index, url, ...(region !== undefined && { region }) }
  write(known)
  let { intervalMs } = input
  let areNamesKnown = false
  let hasFailed = false
  const isOver = (): boolean => signal.aborted
  for (let scrapes = 1; !isOver(); scrapes += 1) {
    const began = Date.now()
    const { when } = state
    const fetched = await fetch()
    if (isOver()) return
    const read = 'error' in fetched ? fetched : parsed(fetched.text, input.isWanted)
    const atMs = Date.now()
    const times = { server: index, atMs, when, tookMs: atMs - began }
    if ('error' in read) {
      write({ ...times, error: read.error })
      if (!hasFailed) input.tell?.(`! no metrics from ${url}: ${read.error}`)
      hasFailed = true
    } else {
      if (!areNamesKnown) write({ ...known, ...namesOf(read, input.isWanted) })
      areNamesKnown = true
      write({ ...times, series: read.series as NonNullable<ScrapeLine['series']> })
      const alerts = input.watch?.(index, { atMs, when, series: read.series }) ?? []
      alerts.forEach(write)
    }
    if (scrapes % SCRAPES_MAX === 0) intervalMs *= 2
    await pause(began + intervalMs - Date.now(), signal)
  }
}

function parsed(text: string, isWanted: (name: string) => boolean): Exposition | { error: string } {
  try {
    const read = parseExposition(text, isWanted)
    return read.series.length > SERIES_MAX
      ? { error: `more than ${SERIES_MAX} series of the wanted metrics` }
      : read
  } catch (error) {
    const why = error instanceof ExpositionError ? error.message : 'unreadable'
    return { error: `not in the text format of Prometheus: ${why}` }
  }
}

function namesOf(
  { names, gauges }: Exposition,
  isWanted: (name: string) => boolean,
): Pick<Required<ServerLine>, 'names' | 'gauges'> {
  return { names: names.slice(0, NAMES_MAX), gauges: gauges.filter((name) => isWanted(name)) }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, ms))
    function done(): void {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })
}
