// Pure. What else was unusual in each step: of the generator, its machine, and the load.
import type { GeneratorSecond } from '../../generator/generator-second.ts'
import type { Span } from '../../indicators/timeline.ts'
import type { Course, Steps } from './course.ts'

/** The steps in which something was so. */
export interface Signs {
  /** No CPU was idle, or k6 waited for one, and other processes had a good part of them. */
  cpuTaken: Steps
  /** No CPU was idle, whoever used them. */
  noIdleCpu: Steps
  k6Waited: Steps
  gc: Steps
  /** k6 recorded nothing at all, not even its users. */
  k6Stalled: Steps
  standstill: Steps
  dropped: Steps
}

export interface SignsInput {
  startUs: number
  generator: readonly GeneratorSecond[]
  cpus: number
  standstills: readonly Span[]
  /** When k6 recorded its users, which it does once a second whatever the target does; ascending. */
  userLooksUs: readonly number[]
  /** Seconds since the load began in which iterations were dropped. */
  droppedSeconds: readonly number[]
}

/** Of all CPUs: less is what the kernel's ticks cannot tell from nothing. */
const IDLE_SHARE = 0.05

/** Of all CPUs: less is what a system uses beside any run. */
const TAKEN_SHARE = 0.25

/** Seconds that threads of k6 waited in one second. */
const WAITED_SECONDS = 0.3

/** Of all CPUs, in one second. */
const GC_SHARE = 0.25

const GC_PAUSE_SECONDS = 0.05

/** k6 looks at its users once a second; a busy machine delays that by some tenths. */
const LOOK_GAP_US = 1_800_000

const US = 1_000_000

/** No CPU was idle in a second. */
function isWithoutIdleCpu({ idleCpu }: GeneratorSecond, cpus: number): boolean {
  return idleCpu < IDLE_SHARE * cpus
}

/** Finds the signs of each step. */
export function signsOf(course: Course, input: SignsInput): Signs {
  const { startUs, generator, cpus } = input
  const where = (holds: (second: GeneratorSecond) => boolean): Steps => {
    const spans = generator.filter(holds).map(({ atMs }) => {
      // By its middle, since a second across two steps would count in both.
      return { startUs: atMs * 1_000 - US / 2, endUs: atMs * 1_000 - US / 2 + 1 }
    })
    return stepsOf(course, spans, startUs)
  }
  const isTaken = ({ othersCpu, stealCpu }: GeneratorSecond): boolean =>
    othersCpu + stealCpu >= TAKEN_SHARE * cpus
  const waited = ({ k6WaitSeconds = 0 }: GeneratorSecond): boolean =>
    k6WaitSeconds >= WAITED_SECONDS
  return {
    cpuTaken: where((each) => (isWithoutIdleCpu(each, cpus) || waited(each)) && isTaken(each)),
    noIdleCpu: where((each) => isWithoutIdleCpu(each, cpus)),
    k6Waited: where(waited),
    gc: where(({ gcCpuSeconds = 0, gcPauseSeconds = 0 }) => {
      return gcCpuSeconds >= GC_SHARE * cpus || gcPauseSeconds >= GC_PAUSE_SECONDS
    }),
    k6Stalled: stepsOf(course, gapsOf(input.userLooksUs), startUs),
    standstill: stepsOf(course, input.standstills, startUs),
    dropped: stepsOf(
      course,
      input.droppedSeconds.map((second) => secondSpan(startUs + second * US)),
      startUs,
    ),
  }
}

function secondSpan(fromUs: number): Span {
  return { startUs: fromUs, endUs: fromUs + US }
}

function gapsOf(looksUs: readonly number[]): Span[] {
  return looksUs.flatMap((endUs, index) => {
    const before = looksUs[index - 1] ?? endUs
    // Up to a second is its usual distance.
    return endUs - before >= LOOK_GAP_US ? [{ startUs: before + US / 2, endUs }] : []
  })
}

function stepsOf({ steps, stepSeconds }: Course, spans: readonly Span[], startUs: number): Steps {
  const indexes = new Map(steps.map(({ at }, index) => [Math.floor(at / stepSeconds), index]))
  const found = new Set<number>()
  for (const span of spans) {
    const first = Math.floor((span.startUs - startUs) / US / stepSeconds)
    const last = Math.floor((span.endUs - 1 - startUs) / US / stepSeconds)
    for (let number = first; number <= last; number++) {
      const index = indexes.get(number)
      if (index !== undefined) found.add(index)
    }
  }
  return found
}
