import type { K6Counters } from './generator-request.ts'

/** k6's counters at one moment, if it answered. */
export interface K6Point {
  /** A clock that never jumps. */
  elapsedMs: number
  k6?: K6Counters
}

export interface K6Figures {
  k6CpuCores?: number
  k6WaitingThreads?: number
  k6WaitMs?: number
  k6PausedShare?: number
  k6BytesPerCollection?: number
  k6MemoryBytes?: number
  k6MemoryLimitBytes?: number
  k6ThreadsMax?: number
}

/**
 * A k6 that did not answer in time counts on, so its mean over the gap is known when it answers again.
 * Over a longer gap than this a mean could hide too much, and it stays unknown.
 */
const LONGEST_GAP_MS = 10_000

/** For each point, what k6 used since the point before; the first one has no such figure. */
export function k6Figures(points: readonly K6Point[]): K6Figures[] {
  const figures: K6Figures[] = points.map(({ k6 }) => levels(k6))
  let last = -1
  for (const [index, point] of points.entries()) {
    if (!point.k6) continue
    const before = points[last]
    const used = before && usedBetween(before, point)
    for (let gap = last + 1; used && gap <= index; gap += 1) Object.assign(figures[gap] ?? {}, used)
    last = index
  }
  return figures
}

function levels(k6: K6Counters | undefined): K6Figures {
  return {
    ...(k6?.memoryBytes !== undefined && { k6MemoryBytes: k6.memoryBytes }),
    ...(k6?.memoryLimitBytes !== undefined && { k6MemoryLimitBytes: k6.memoryLimitBytes }),
    ...(k6?.threadsMax !== undefined && { k6ThreadsMax: k6.threadsMax }),
  }
}

function usedBetween(before: K6Point, after: K6Point): K6Figures | undefined {
  const spanMs = after.elapsedMs - before.elapsedMs
  const cpuSeconds = rise(before, after, 'cpuSeconds')
  // Time that goes back is another k6 on the same port.
  if (cpuSeconds === undefined || cpuSeconds < 0 || spanMs > LONGEST_GAP_MS) return undefined
  const pauseSeconds = rise(before, after, 'pauseSeconds')
  const collections = rise(before, after, 'collections') ?? 0
  const allocatedBytes = rise(before, after, 'allocatedBytes')
  return {
    k6CpuCores: cpuSeconds / (spanMs / 1_000),
    ...waitBetween(before, after),
    ...(pauseSeconds !== undefined && { k6PausedShare: pauseSeconds / (spanMs / 1_000) }),
    // Between the first and the last collection lie whole cycles, and at most all of the bytes.
    ...(collections >= 2 &&
      allocatedBytes !== undefined && { k6BytesPerCollection: allocatedBytes / (collections - 1) }),
  }
}

function waitBetween(before: K6Point, after: K6Point): K6Figures {
  const [from, to] = [before.k6?.wait, after.k6?.wait]
  if (!from || !to) return {}
  // A thread that ended took its time with it.
  const seconds = Math.max(0, to.seconds - from.seconds)
  const turns = to.turns - from.turns
  return {
    k6WaitingThreads: seconds / ((after.elapsedMs - before.elapsedMs) / 1_000),
    ...(turns > 0 && { k6WaitMs: (seconds / turns) * 1_000 }),
  }
}

type Counter = Exclude<keyof K6Counters, 'wait'>

function rise(before: K6Point, after: K6Point, counter: Counter): number | undefined {
  const [from, to] = [before.k6?.[counter], after.k6?.[counter]]
  return from === undefined || to === undefined ? undefined : to - from
}
