// Pure.
import type { GeneratorSample } from './generator-sample.ts'
import type { GeneratorSecond } from './generator-second.ts'
import { k6Figures, type K6Point } from './generator-k6-figures.ts'
import { machineBetween, type MachineCounters } from './generator-machine.ts'
import { childrenOf, processesBetween, type ProcessSeconds } from './generator-processes.ts'

/** A tenth of a millisecond of CPU is finer than any counter. */
const DIGITS = 4

/** The kept part of what was seen of a generator; a second whose CPU is not known is left out. */
export function perSecondOf(samples: readonly GeneratorSample[]): GeneratorSecond[] {
  return samples.flatMap((sample): GeneratorSecond[] => {
    const { k6CpuCores: k6Cpu, othersCpuCores: othersCpu, idleCpuCores: idleCpu } = sample
    if (k6Cpu === undefined || othersCpu === undefined || idleCpu === undefined) return []
    const { k6CollectingCores, k6WaitingThreads, k6PausedShare, stealCpuCores = 0 } = sample
    const inAll = (perSecond: number | undefined): number | undefined =>
      perSecond === undefined ? undefined : perSecond * (sample.spanMs / 1_000)
    return [
      shortened({
        atMs: sample.atMs,
        k6Cpu,
        sandboxCpu: sample.sandboxCpuCores,
        othersCpu,
        idleCpu,
        stealCpu: stealCpuCores,
        k6WaitSeconds: inAll(k6WaitingThreads),
        k6WaitMs: sample.k6WaitMs,
        gcPauseSeconds: inAll(k6PausedShare),
        gcCpuSeconds: inAll(k6CollectingCores),
        k6MemoryBytes: sample.k6MemoryBytes,
      }),
    ]
  })
}

type Known = { [Name in keyof GeneratorSecond]: GeneratorSecond[Name] | undefined }

function shortened(second: Known): GeneratorSecond {
  const entries = Object.entries(second).flatMap(([name, value]) => {
    return value === undefined ? [] : [[name, Number(value.toFixed(DIGITS))] as const]
  })
  return Object.fromEntries(entries) as unknown as GeneratorSecond
}

/**
 * At most so many points of a long run, to be drawn: each is the mean of as many neighbours, with their highest
 * memory.
 */
export function thinned(seconds: readonly GeneratorSecond[], most: number): GeneratorSecond[] {
  const size = Math.ceil(seconds.length / most)
  if (size <= 1) return [...seconds]
  return Array.from({ length: Math.ceil(seconds.length / size) }, (_, index) => {
    return joined(seconds.slice(index * size, (index + 1) * size))
  })
}

const MEANS = [
  ...(['k6Cpu', 'sandboxCpu', 'othersCpu', 'idleCpu', 'stealCpu', 'k6WaitMs'] as const),
  ...(['k6WaitSeconds', 'gcPauseSeconds', 'gcCpuSeconds'] as const),
]

function joined(group: readonly GeneratorSecond[]): GeneratorSecond {
  const valuesOf = (name: keyof GeneratorSecond) => group.flatMap((second) => second[name] ?? [])
  const entries = MEANS.map((name) => [name, mean(valuesOf(name))] as const)
  const bytes = valuesOf('k6MemoryBytes')
  return shortened({
    ...(Object.fromEntries(entries) as Omit<GeneratorSecond, 'atMs'>),
    atMs: group.at(-1)?.atMs ?? 0,
    ...(bytes.length > 0 && { k6MemoryBytes: Math.max(...bytes) }),
  })
}

function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined
}

/** All counters at one moment; what could not be read is left out. */
export interface GeneratorReading extends K6Point {
  /** Wall clock. */
  atMs: number
  machine?: MachineCounters
  own?: ProcessSeconds
}

/** Slewing moves a clock by half a millisecond each second; one that is off by this much was set. */
const CLOCK_JUMP_MS = 250

/** The samples between readings, one fewer than those. */
export function generatorSamples(readings: readonly GeneratorReading[]): GeneratorSample[] {
  const startMs = readings[0]?.elapsedMs ?? 0
  const k6 = k6Figures(readings)
  return readings.flatMap((after, index) => {
    const before = readings[index - 1]
    if (!before) return []
    const spanMs = after.elapsedMs - before.elapsedMs
    const jumpMs = Math.round(after.atMs - before.atMs - spanMs)
    return {
      atMs: after.atMs,
      elapsedMs: Math.round(after.elapsedMs - startMs),
      spanMs: Math.round(spanMs),
      ...k6[index],
      ...aroundK6({ before, after, k6CpuCores: k6[index]?.k6CpuCores }),
      ...(Math.abs(jumpMs) > CLOCK_JUMP_MS && { clockJumpMs: jumpMs }),
    }
  })
}

interface Between {
  before: GeneratorReading
  after: GeneratorReading
  k6CpuCores: number | undefined
}

function aroundK6({ before, after, k6CpuCores }: Between): Partial<GeneratorSample> {
  const spanSeconds = (after.elapsedMs - before.elapsedMs) / 1_000
  const cores = (seconds: number): number => Math.max(0, seconds) / spanSeconds
  const machine = machineBetween(before.machine, after.machine)
  const ownSeconds = processesBetween(before.own, after.own)
  const sandboxSeconds = processesBetween(childrenOf(before.own), childrenOf(after.own))
  const sample: Partial<GeneratorSample> = {}
  if (ownSeconds !== undefined) sample.ownCpuCores = cores(ownSeconds)
  if (sandboxSeconds !== undefined) sample.sandboxCpuCores = cores(sandboxSeconds)
  if (!machine) return sample
  const { busySeconds, idleSeconds, stealSeconds, interruptSeconds = 0 } = machine
  sample.busyCpuCores = cores(busySeconds)
  sample.idleCpuCores = cores(idleSeconds)
  if (stealSeconds !== undefined) sample.stealCpuCores = cores(stealSeconds)
  if (ownSeconds !== undefined && k6CpuCores !== undefined) {
    // Interrupts are mostly packets of the load itself, and no program's.
    const nobodys = interruptSeconds + (stealSeconds ?? 0)
    sample.othersCpuCores = cores(busySeconds - nobodys - ownSeconds - k6CpuCores * spanSeconds)
  }
  return sample
}
