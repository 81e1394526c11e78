import type { GeneratorSample } from '../../generator/generator-sample.ts'
import { perSecondOf } from '../../generator/generator-per-second.ts'
import type { GeneratorSecond } from '../../generator/generator-second.ts'
import { generatorFaults, generatorNotes } from './generator-faults.ts'
import { cpusOf, type GeneratorSeconds, generatorSeconds } from './generator-seconds.ts'
import type { Reason } from '../../reasons/reasons.ts'
import { median } from '../../statistics/quantile.ts'

/** Of the judged samples. */
export interface Figure {
  median: number
  peak: number
}

/** Whether k6 could do what it was told; plain JSON. Cores are CPU seconds per second. */
export interface GeneratorHealth {
  judgedSeconds: number
  /** Of the judged time, what is known and what was wrong. */
  seconds: GeneratorSeconds
  /** CPUs that k6 could use. */
  cpus: number
  /** k6's GOMEMLIMIT, if it has one. */
  softMemoryLimitBytes?: number
  /** What the machine or its cgroup leaves to k6, if known. */
  memoryLimitBytes?: number
  /** Left out where nothing could be read. */
  k6CpuCores?: Figure
  /** Threads that were ready to run and had no CPU; Linux only. */
  k6WaitingThreads?: Figure
  /** How long one waited each time; Linux only. */
  k6WaitMs?: Figure
  k6MemoryBytes?: Figure
  busyCpuCores?: Figure
  stealCpuCores?: Figure
  ownCpuCores?: Figure
  sandboxCpuCores?: Figure
  othersCpuCores?: Figure
  /** All jumps of the wall clock while k6 ran, whichever way (sum). */
  clockJumpMs: number
  /** Why nothing that this k6 measured can be trusted; empty when it can. */
  faults: Reason[]
  /** What a reader should know, but what proves nothing wrong. */
  notes: Reason[]
  /**
   * All of the run, judged or not; in a verdict at most 2,000 points, each the mean of its seconds. Missing where
   * nothing was read.
   */
  perSecond?: GeneratorSecond[]
  /** Each k6 of a run that had several. */
  instances?: InstanceHealth[]
}

/** One k6 of several. */
export interface InstanceHealth extends Pick<
  GeneratorHealth,
  'cpus' | 'k6CpuCores' | 'k6MemoryBytes' | 'faults'
> {
  name: string
}

export interface GeneratorInput {
  samples: readonly GeneratorSample[]
  /** CPUs that k6 may use, as usableCpus() gives them. */
  cpus: number
  /** Memory that k6 may use, as usableMemoryBytes() gives it; GOMEMLIMIT comes from k6 itself. */
  memoryLimitBytes?: number
  /** The judged time, as the wall clock has it; else all samples are judged. */
  fromMs?: number
  toMs?: number
}

/** Judges the generator by what it and its machine did in the judged time. */
export function judgeGenerator(input: GeneratorInput): GeneratorHealth {
  const { samples, memoryLimitBytes } = input
  const judged = samples.filter(isJudged(input))
  const cpus = Math.min(input.cpus, ...judged.map((sample) => cpusOf(sample, input.cpus)))
  const softMemoryLimitBytes = judged.find(hasSoftLimit)?.k6MemoryLimitBytes
  const judgedSeconds = secondsOf(input, judged)
  const seconds = generatorSeconds(judged, cpus)
  const facts = {
    judgedSeconds,
    // Samples follow on each other while k6 runs, so only without any of them is there a gap.
    seconds: samples.length > 0 ? seconds : { ...seconds, unproven: judgedSeconds },
    cpus,
    ...(softMemoryLimitBytes !== undefined && { softMemoryLimitBytes }),
    ...(memoryLimitBytes !== undefined && { memoryLimitBytes }),
    ...figures(judged),
    // Of all samples: a clock that jumps before the judged time moves that too.
    clockJumpMs: samples.reduce((sum, { clockJumpMs = 0 }) => sum + Math.abs(clockJumpMs), 0),
  }
  const perSecond = perSecondOf(samples)
  return {
    ...facts,
    faults: generatorFaults(facts),
    notes: generatorNotes(facts),
    ...(perSecond.length > 0 && { perSecond }),
  }
}

/** What is known of a generator beside its seconds. */
export const FIGURES = [
  'k6CpuCores',
  'k6WaitingThreads',
  'k6WaitMs',
  'k6MemoryBytes',
  'busyCpuCores',
  'stealCpuCores',
  'ownCpuCores',
  'sandboxCpuCores',
  'othersCpuCores',
] as const

function figures(samples: readonly GeneratorSample[]) {
  const entries = FIGURES.flatMap((name) => {
    const values = samples.flatMap((sample) => sample[name] ?? [])
    return values.length > 0 ? [[name, { median: median(values), peak: Math.max(...values) }]] : []
  })
  return Object.fromEntries(entries) as Partial<Record<(typeof FIGURES)[number], Figure>>
}

// By its middle, so that a sample across the edge counts on the side where most of it is.
function isJudged({ fromMs = -Infinity, toMs = Infinity }: GeneratorInput) {
  return ({ atMs, spanMs }: GeneratorSample): boolean => {
    const middleMs = atMs - spanMs / 2
    return middleMs >= fromMs && middleMs <= toMs
  }
}

function secondsOf({ fromMs, toMs }: GeneratorInput, judged: readonly GeneratorSample[]) {
  const milliseconds =
    fromMs !== undefined && toMs !== undefined
      ? toMs - fromMs
      : judged.reduce((sum, { spanMs }) => sum + spanMs, 0)
  return Math.round(milliseconds / 1_000)
}

function hasSoftLimit({ k6MemoryLimitBytes }: GeneratorSample): boolean {
  return k6MemoryLimitBytes !== undefined
}
