import { monitorEventLoopDelay } from 'node:perf_hooks'
import { join } from 'node:path'
import { writeWhole } from '../core/write-whole.ts'
import { say } from '../core/console.ts'
import { addPoint, HOST_FILE, type HostFile, type HostName, type KeptSeries } from './host-file.ts'
import { kibibytesIn, type ReadText, systemText } from '../core/system-files.ts'

/** An hour at full resolution; a day at a thirtieth of it. */
const POINTS_MAX = 3_600

const INTERVAL_MS = 1_000

/**
 * Looks once a second at the machine that makes the load and at this process, until it is stopped; then the folder of
 * the run gets what was seen.
 */
export function watchHost(folder: string): { stop: () => Promise<void> } {
  const series: HostFile['series'] = {}
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  let before = { atMs: Date.now(), host: readHost() }
  const timer = setInterval(() => {
    const now = { atMs: Date.now(), host: readHost() }
    const values = { ...hostValues(before, now), ...ownValues(delay.percentile(99)) }
    delay.reset()
    before = now
    for (const [name, value] of Object.entries(values)) {
      const own = seriesOf(series, name as HostName)
      addPoint(own, { atMs: now.atMs, value }, POINTS_MAX)
    }
  }, INTERVAL_MS).unref()
  return {
    stop: async () => {
      clearInterval(timer)
      delay.disable()
      const file: HostFile = { format: 1, series }
      const text = `${JSON.stringify(file)}\n`
      await writeWhole(join(folder, HOST_FILE), text).catch((error: unknown) => {
        say(`${HOST_FILE} could not be written: ${String(error)}`)
      })
    },
  }
}

interface Look {
  atMs: number
  host: HostCounters
}

function hostValues(before: Look, now: Look): Partial<Record<HostName, number>> {
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1_000)
  const perSecond = (name: keyof HostCounters): number | undefined => {
    const [from, to] = [before.host[name], now.host[name]]
    return from === undefined || to === undefined ? undefined : Math.max(0, to - from) / seconds
  }
  return known({
    host_memory_used_bytes: now.host.memoryUsedBytes,
    host_network_received_bytes_per_second: perSecond('receivedBytes'),
    host_network_sent_bytes_per_second: perSecond('sentBytes'),
    host_disk_read_bytes_per_second: perSecond('readBytes'),
    host_disk_written_bytes_per_second: perSecond('writtenBytes'),
  })
}

// Of this process: the command line, which watches the run.
function ownValues(delayNs: number): Partial<Record<HostName, number>> {
  return known({
    toolkit_heap_used_bytes: process.memoryUsage().heapUsed,
    toolkit_eventloop_delay_p99_seconds: Number.isFinite(delayNs) ? delayNs / 1e9 : undefined,
    toolkit_open_handles: process.getActiveResourcesInfo().length,
  })
}

function known(values: Record<string, number | undefined>): Partial<Record<HostName, number>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function seriesOf(series: HostFile['series'], name: HostName): KeptSeries {
  return (series[name] ??= { atMs: [], values: [] })
}

/** What the machine that makes the load has moved since it was started, and what it has in use. Linux only. */
export interface HostCounters {
  receivedBytes?: number
  sentBytes?: number
  readBytes?: number
  writtenBytes?: number
  memoryUsedBytes?: number
}

/** A sector of /proc/diskstats, whatever the disk calls one. */
const SECTOR_BYTES = 512

/** Not disks of their own: parts of one, and what a file or memory stands behind. */
const NO_DISK =
  /^(?:loop|ram|zram|dm-|md|sr|fd)\d*|^(?:sd|vd|xvd|hd)[a-z]+\d+$|^(?:nvme|mmcblk).*p\d+$/

/** Reads them now; what the system does not tell is left out. */
export function readHost(read: ReadText = systemText): HostCounters {
  const text = read('/proc/meminfo')
  const [total, available] = ['MemTotal', 'MemAvailable'].map((name) => kibibytesIn(text, name))
  return {
    ...networkOf(read('/proc/net/dev')),
    ...disksOf(read('/proc/diskstats')),
    ...(total !== undefined && available !== undefined && { memoryUsedBytes: total - available }),
  }
}

// Loopback too: the sandbox is behind it.
function networkOf(text: string | undefined): HostCounters {
  const rows = (text ?? '').split('\n').flatMap((line) => {
    const [, counters] = /^\s*[^:\s]+:\s*(.*)$/.exec(line) ?? []
    return counters === undefined ? [] : [counters.trim().split(/\s+/).map(Number)]
  })
  if (rows.length === 0) return {}
  return { receivedBytes: sum(rows, 0), sentBytes: sum(rows, 8) }
}

function disksOf(text: string | undefined): HostCounters {
  const rows = (text ?? '').split('\n').flatMap((line) => {
    const [, , name = '', ...counters] = line.trim().split(/\s+/)
    return name === '' || NO_DISK.test(name) ? [] : [counters.map(Number)]
  })
  if (rows.length === 0) return {}
  return { readBytes: sum(rows, 2) * SECTOR_BYTES, writtenBytes: sum(rows, 6) * SECTOR_BYTES }
}

function sum(rows: readonly number[][], column: number): number {
  return rows.reduce((total, row) => total + (row[column] ?? 0), 0)
}
