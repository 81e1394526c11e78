import { Agent, get } from 'node:http'

export interface K6MetricsReader {
  /** k6's counters now; undefined when it does not answer, or with something else. Never rejects. */
  read: () => Promise<K6Counters | undefined>
  /** Ends the connection, and with it a request under way. */
  close: () => void
}

/** k6 sends 12 KB; whoever sends more than this is not k6. */
const MAX_CHARACTERS = 262_144

/** Opens `/metrics` of the k6 on a port of 127.0.0.1. Nothing here keeps the process alive. */
export function openK6Metrics(port: number, timeoutMs: number): K6MetricsReader {
  // One connection for the whole run: a new one each second would cost both sides more.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    read: async () => {
      const text = await getText({ agent, port, timeoutMs })
      return text === undefined ? undefined : parseK6Metrics(text)
    },
    close: () => agent.destroy(),
  }
}

interface TextRequest {
  agent: Agent
  port: number
  timeoutMs: number
}

function getText({ agent, port, timeoutMs }: TextRequest): Promise<string | undefined> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', agent }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
        if (text.length > MAX_CHARACTERS) request.destroy()
      })
      response.on('end', () => resolve(response.statusCode === 200 ? text : undefined))
      // A connection that breaks here ends in "close" below.
      response.on('error', () => undefined)
    })
    // Of the whole request: a server that sends a byte now and then must not hold it up for ever.
    const deadline = setTimeout(() => request.destroy(), timeoutMs).unref()
    request.on('socket', (socket) => socket.unref())
    request.on('error', () => undefined)
    request.on('close', () => {
      clearTimeout(deadline)
      resolve(undefined)
    })
  })
}

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
