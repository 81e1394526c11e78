import { readFileSync } from 'node:fs'

/** Memory at one moment, in bytes. */
export interface MemoryUse {
  /** Resident, of all k6 together. */
  k6Bytes: number
  /** What the machine, or this process's cgroup, can still give; undefined where the system does not say it. */
  availableBytes?: number
}

/** Memory of some processes and what is left beside them; undefined where there is no /proc, or no such process. */
export function readMemoryUse(pids: readonly number[]): MemoryUse | undefined {
  const resident = pids.flatMap((pid) => kibibytes(`/proc/${pid}/status`, 'VmRSS') ?? [])
  if (resident.length === 0) return undefined
  const left = [kibibytes('/proc/meminfo', 'MemAvailable'), leftInCgroup()]
  const known = left.filter((bytes) => bytes !== undefined)
  return {
    k6Bytes: resident.reduce((sum, bytes) => sum + bytes, 0),
    ...(known.length > 0 && { availableBytes: Math.min(...known) }),
  }
}

/** A line of /proc such as `VmRSS:  5120 kB`, in bytes. */
function kibibytes(path: string, name: string): number | undefined {
  const [, digits] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(readText(path)) ?? []
  return digits === undefined ? undefined : Number(digits) * 1_024
}

const CGROUP = '/sys/fs/cgroup'

// Of version 2. Pages of files are given back when memory is needed.
function leftInCgroup(): number | undefined {
  const [, path] = /^0::(\/.*)$/m.exec(readText('/proc/self/cgroup')) ?? []
  if (path === undefined) return undefined
  const figure = (file: string): number => Number(readText(`${CGROUP}${path}/${file}`) || NaN)
  const stat = readText(`${CGROUP}${path}/memory.stat`)
  const pages = [...stat.matchAll(/^(?:in)?active_file (\d+)$/gm)].map(([, bytes]) => Number(bytes))
  const givenBack = pages.reduce((sum, bytes) => sum + bytes, 0)
  const left = figure('memory.max') - figure('memory.current') + givenBack
  return Number.isNaN(left) ? undefined : left
}

// A process may end at any moment; then it has no text.
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
