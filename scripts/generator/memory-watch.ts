import { join } from 'node:path'
import { usableMemoryBytes } from '../k6/environment.ts'
import { kibibytesIn, ownCgroups, type ReadText, systemText } from '../core/system-files.ts'

/** What one run may take. */
export interface MemoryLimits {
  /** All k6 together may use so much. */
  maxBytes: number
  /** A machine that has less left is about to end programs. */
  leastAvailableBytes: number
}

/** Of what this process may use. k6 collects garbage from 80 % on (GOMEMLIMIT), so a sound one stays below. */
const MAX_SHARE = 0.9

const LEAST_SHARE = 0.1
/** A small machine has half a gigabyte left when k6 begins to collect garbage. */
const LEAST_BYTES = 128e6

/** The limits of a run: `--max-memory`, or what this machine has. */
export function memoryLimits(
  maxBytes?: number,
  usableBytes: number = usableMemoryBytes(),
): MemoryLimits {
  return {
    maxBytes: maxBytes ?? MAX_SHARE * usableBytes,
    leastAvailableBytes: Math.max(LEAST_BYTES, LEAST_SHARE * usableBytes),
  }
}

/** Whether a run has to end. A machine that is full of other programs does not get better by that. */
export function isTooMuch(
  { k6Bytes, availableBytes = Infinity }: MemoryUse,
  { maxBytes, leastAvailableBytes }: MemoryLimits,
): boolean {
  return k6Bytes > maxBytes || (availableBytes < leastAvailableBytes && k6Bytes > availableBytes)
}

/** A run that was ended because of its memory. */
export interface MemoryEnd extends MemoryUse {
  atMs: number
  maxBytes: number
}

export interface MemoryWatchInput {
  limits: MemoryLimits
  /** Of every k6 that has been started. */
  pids: () => readonly (number | undefined)[]
  /** Called once: k6 is to end in order. */
  onTooMuch: () => void
}

export interface MemoryWatch {
  /** Undefined where there was enough. */
  stop: () => MemoryEnd | undefined
}

/** A body of a gigabyte can be there within a second. */
const LOOK_MS = 100

/** After its signal, a k6 that has grown by so much, or is not gone after so long, does not get the time to end. */
const GROWTH = 1.25
const GRACE_MS = 5_000

/** Looks at the memory of k6 several times a second, and ends it before the system ends whatever it likes. */
export function watchMemory({ limits, pids, onTooMuch }: MemoryWatchInput): MemoryWatch {
  let end: MemoryEnd | undefined
  const timer = setInterval(() => {
    const running = pids().filter((pid) => pid !== undefined)
    const use = readMemoryUse(running)
    if (!use) return
    if (end) {
      const isLate = Date.now() - end.atMs > GRACE_MS
      if (isLate || use.k6Bytes > GROWTH * end.k6Bytes) for (const pid of running) endHard(pid)
      return
    }
    if (!isTooMuch(use, limits)) return
    end = { ...use, maxBytes: limits.maxBytes, atMs: Date.now() }
    onTooMuch()
  }, LOOK_MS).unref()
  return {
    stop: () => {
      clearInterval(timer)
      return end
    },
  }
}

function endHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It has ended in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

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
