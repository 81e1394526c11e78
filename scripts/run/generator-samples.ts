import { type GeneratorReading, generatorSamples } from './generator-deltas.ts'
import { readMachine } from './generator-machine.ts'
import type { K6Counters } from './generator-metrics.ts'
import { type ProcessSeconds, readK6Process, readProcesses } from './generator-processes.ts'
import { openK6Metrics } from './generator-request.ts'
import type { GeneratorSample } from './generator-sample.ts'

export type { GeneratorSample } from './generator-sample.ts'

export interface WatchOptions {
  /** Where k6 listens on 127.0.0.1 (its K6_ADDRESS). */
  port: number
  /** Processes of the toolkit beside this one, such as the sandbox, but never k6. Asked each time. */
  ownPids: () => readonly number[]
  /** k6's process, once there is one: without CPU to spare k6 answers late, but /proc does not. */
  k6Pid?: () => number | undefined
  intervalMs?: number
}

export interface GeneratorWatch {
  /** Ends the watch and gives what it saw, in order. */
  stop: () => GeneratorSample[]
}

/**
 * A k6 with CPU to spare answers in a few milliseconds. What it says later is of an unknown moment, and
 * would be set against the machine's time of another one.
 */
const ANSWER_MS_MAX = 250

/**
 * Watches k6, which may start later and end earlier, and the machine around it. Never throws, and
 * never keeps this process alive. On 2 CPUs of 2026 a look was measured to cost k6 1 ms of CPU time and
 * this process 2 ms.
 */
export function watchGenerator(options: WatchOptions): GeneratorWatch {
  const { port, intervalMs = 1_000 } = options
  const k6 = openK6Metrics(port, ANSWER_MS_MAX)
  const readings: GeneratorReading[] = []
  let isReading = false
  let isStopped = false
  const look = async (): Promise<void> => {
    if (isReading) return
    isReading = true
    const answer = await k6.read()
    isReading = false
    // The machine after the answer, so that both are of the same moment.
    if (!isStopped) readings.push(readAll(options, answer))
  }
  const timer = setInterval(() => void look(), intervalMs).unref()
  void look()
  return {
    stop: () => {
      isStopped = true
      clearInterval(timer)
      k6.close()
      return generatorSamples(readings)
    },
  }
}

function readAll(options: WatchOptions, answer: K6Counters | undefined): GeneratorReading {
  // A caller's mistake may cost a figure, but never the run.
  const k6Process = attempt(() => readK6Process(options.k6Pid?.()))
  const own = attempt((): ProcessSeconds | undefined => readProcesses(options.ownPids()))
  const machine = readMachine()
  const k6 = k6Process ? { ...answer, ...k6Process } : answer
  return {
    atMs: Date.now(),
    elapsedMs: performance.now(),
    ...(k6 && { k6 }),
    ...(machine && { machine }),
    ...(own && { own }),
  }
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
