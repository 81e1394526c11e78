import { usableMemoryBytes } from '../k6/environment.ts'
import { type MemoryUse, readMemoryUse } from './memory-use.ts'

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
