/** How long the threads of a process have waited for a CPU in all, and how often they got one. */
export interface ThreadWait {
  seconds: number
  turns: number
}

/** What the k6 process tells of itself: counters since it began, and what it may use. */
export interface K6Counters {
  cpuSeconds: number
  /** Time that its threads were ready to run and had no CPU, and how often; from /proc only. */
  wait?: ThreadWait
  /** Resident memory; undefined where k6 cannot read it. */
  memoryBytes?: number
  /** Its GOMEMLIMIT; undefined when it has none. */
  memoryLimitBytes?: number
  /** Its GOMAXPROCS: more CPUs than this it never uses at once. */
  threadsMax?: number
  /** Garbage collections. */
  collections?: number
  /** For so long collections have stopped k6 as a whole. */
  pauseSeconds?: number
  /** All that was ever allocated on its heap. */
  allocatedBytes?: number
}

const FIGURES = {
  memoryBytes: 'process_resident_memory_bytes',
  memoryLimitBytes: 'go_gc_gomemlimit_bytes',
  threadsMax: 'go_sched_gomaxprocs_threads',
  collections: 'go_gc_duration_seconds_count',
  pauseSeconds: 'go_gc_duration_seconds_sum',
  allocatedBytes: 'go_memstats_alloc_bytes_total',
} as const

/** Go reports "no limit" as the largest 64-bit number, which a float rounds. */
const NO_LIMIT_BYTES = 2 ** 62

/** Reads `GET /metrics` of k6 (Prometheus text). Undefined when it is something else. */
export function parseK6Metrics(text: string): K6Counters | undefined {
  const cpuSeconds = figure(text, 'process_cpu_seconds_total')
  if (cpuSeconds === undefined) return undefined
  const counters: K6Counters = { cpuSeconds }
  for (const [key, name] of Object.entries(FIGURES)) {
    const value = figure(text, name)
    if (value !== undefined && value < NO_LIMIT_BYTES) counters[key as keyof typeof FIGURES] = value
  }
  return counters
}

// None of them has labels, so a line is the name, a space and the number.
function figure(text: string, name: string): number | undefined {
  const [, digits] = new RegExp(`^${name} (\\S+)$`, 'm').exec(text) ?? []
  const value = Number(digits)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}
