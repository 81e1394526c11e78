import { kibibytesIn, type ReadText, systemText } from '../core/system-files.ts'

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
