import { type GeneratorReading, generatorSamples } from './generator-per-second.ts'
import { readMachine } from './generator-machine.ts'
import { type K6Counters, openK6Metrics } from './generator-request.ts'
import { type ProcessSeconds, readK6Process, readProcesses } from './generator-processes.ts'
import type { GeneratorSample } from './generator-sample.ts'

/** A k6 process that is watched. */
export interface WatchedK6 {
  /** Where it listens on 127.0.0.1 (its K6_ADDRESS). */
  port: number
  /** Its process, once there is one: without CPU to spare k6 answers late, but /proc does not. */
  k6Pid?: () => number | undefined
}

export interface WatchAllOptions {
  processes: readonly WatchedK6[]
  /** Processes of the toolkit beside this one, such as the sandbox, but never k6. Asked each time. */
  ownPids: () => readonly number[]
  intervalMs?: number
}

export interface GeneratorsWatch {
  /** How all of them together were between the last two looks; undefined before. */
  latest: () => GeneratorSample | undefined
  stop: () => SeenGenerators
}

/** What was seen of several k6. */
export interface SeenGenerators {
  /** All of them as if they were one. */
  together: GeneratorSample[]
  /** Each by itself, in their order; the others are not counted as strangers. */
  each: GeneratorSample[][]
}

/**
 * A k6 with CPU to spare answers in a few milliseconds. What it says later is of an unknown moment, and
 * would be set against the machine's time of another one.
 */
const ANSWER_MS_MAX = 250

/** Some looks get no answer of k6: enough for one that did. */
const LATEST_READINGS = 5

/**
 * Watches k6, which may start later and end earlier, and the machine around it. Never throws, and
 * never keeps this process alive. On 2 CPUs of 2026 a look was measured to cost k6 1 ms of CPU time and
 * this process 2 ms.
 */
export function watchGenerators(options: WatchAllOptions): GeneratorsWatch {
  const { processes, intervalMs = 1_000 } = options
  const apis = processes.map(({ port }) => openK6Metrics(port, ANSWER_MS_MAX))
  const looks: Look[] = []
  let isReading = false
  let isStopped = false
  const look = async (): Promise<void> => {
    if (isReading) return
    isReading = true
    const answers = await Promise.all(apis.map((api) => api.read()))
    isReading = false
    // The machine after the answers, so that all are of the same moment.
    if (!isStopped) looks.push(readAll(options, answers))
  }
  const timer = setInterval(() => void look(), intervalMs).unref()
  void look()
  return {
    latest: () => generatorSamples(looks.slice(-LATEST_READINGS).map(togetherOf)).at(-1),
    stop: () => {
      isStopped = true
      clearInterval(timer)
      for (const api of apis) api.close()
      return {
        together: generatorSamples(looks.map(togetherOf)),
        each: processes.map((_, index) => generatorSamples(looks.map((all) => alone(all, index)))),
      }
    },
  }
}

/** Everything at one moment. */
interface Look extends Omit<GeneratorReading, 'k6'> {
  /** Of each k6, where it could be read. */
  all: (K6Counters | undefined)[]
  pids: (number | undefined)[]
}

function readAll(
  { processes, ownPids }: WatchAllOptions,
  answers: readonly (K6Counters | undefined)[],
): Look {
  // A caller's mistake may cost a figure, but never the run.
  const pids = processes.map(({ k6Pid }) => attempt(() => k6Pid?.()))
  const ofSystem = pids.map((pid) => attempt(() => readK6Process(pid)))
  const own = attempt((): ProcessSeconds | undefined => readProcesses(ownPids()))
  const machine = readMachine()
  return {
    atMs: Date.now(),
    elapsedMs: performance.now(),
    all: answers.map((answer, index) => {
      const system = ofSystem[index]
      return system ? { ...answer, ...system } : answer
    }),
    pids,
    ...(machine && { machine }),
    ...(own && { own }),
  }
}

function togetherOf(look: Look): GeneratorReading {
  const { all, atMs, elapsedMs, machine, own } = look
  const [only] = all
  const k6 = all.length === 1 ? only : addedUp(all)
  return { atMs, elapsedMs, ...(k6 && { k6 }), ...(machine && { machine }), ...(own && { own }) }
}

// Collections of several heaps are no cycle of one: those are judged for each k6 by itself.
function addedUp(all: readonly (K6Counters | undefined)[]): K6Counters | undefined {
  const sum = (counter: Exclude<keyof K6Counters, 'wait'>): number | undefined => {
    const values = all.flatMap((k6) => k6?.[counter] ?? [])
    return values.length === all.length ? values.reduce((a, b) => a + b, 0) : undefined
  }
  const cpuSeconds = sum('cpuSeconds')
  if (cpuSeconds === undefined) return undefined
  const rest = (['memoryBytes', 'memoryLimitBytes', 'threadsMax'] as const).flatMap((counter) => {
    const value = sum(counter)
    return value === undefined ? [] : [[counter, value] as const]
  })
  const waits = all.flatMap((k6) => k6?.wait ?? [])
  const wait = waits.length === all.length && {
    seconds: waits.reduce((total, { seconds }) => total + seconds, 0),
    turns: waits.reduce((total, { turns }) => total + turns, 0),
  }
  return { cpuSeconds, ...(wait && { wait }), ...Object.fromEntries(rest) }
}

// The other instances work for the same run, so for this one they are the toolkit's.
function alone({ all, pids, own, ...rest }: Look, index: number): GeneratorReading {
  const k6 = all[index]
  const seconds = new Map(own)
  for (const [place, other] of all.entries()) {
    const pid = pids[place]
    if (place !== index && other && pid !== undefined) seconds.set(pid, other.cpuSeconds)
  }
  return { ...rest, ...(k6 && { k6 }), ...(own && { own: seconds }) }
}

function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
