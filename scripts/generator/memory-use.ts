import { join } from 'node:path'
import { kibibytesIn, ownCgroups, type ReadText, systemText } from '../core/system-files.ts'

/** Memory at one moment, in bytes. */
export interface MemoryUse {
  /** Resident, of all k6 together. */
  k6Bytes: number
  /** What the machine, or this process's cgroup, can still give; undefined where the system does not say it. */
  availableBytes?: number
}

/** Memory of some processes and what is left beside them; undefined where there is no /proc, or no such process. */
export function readMemoryUse(
  pids: readonly number[],
  read: ReadText = systemText,
): MemoryUse | undefined {
  const resident = pids.flatMap((pid) => kibibytesIn(read(`/proc/${pid}/status`), 'VmRSS') ?? [])
  if (resident.length === 0) return undefined
  const left = [
    kibibytesIn(read('/proc/meminfo'), 'MemAvailable'),
    ...ownCgroups(read).map((folder) => leftInCgroup(folder, read)),
  ]
  const known = left.filter((bytes) => bytes !== undefined)
  return {
    k6Bytes: resident.reduce((sum, bytes) => sum + bytes, 0),
    ...(known.length > 0 && { availableBytes: Math.min(...known) }),
  }
}

// Of version 2. Pages of files are given back when memory is needed.
function leftInCgroup(folder: string, read: ReadText): number | undefined {
  const figure = (file: string): number => Number(read(join(folder, file)) || NaN)
  const stat = read(join(folder, 'memory.stat')) ?? ''
  const pages = [...stat.matchAll(/^(?:in)?active_file (\d+)$/gm)].map(([, bytes]) => Number(bytes))
  const givenBack = pages.reduce((sum, bytes) => sum + bytes, 0)
  const left = figure('memory.max') - figure('memory.current') + givenBack
  return Number.isNaN(left) ? undefined : left
}
