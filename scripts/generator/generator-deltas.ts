import { type K6Point, k6Figures } from './generator-k6-figures.ts'
import { type MachineCounters, machineBetween } from './generator-machine.ts'
import { childrenOf, type ProcessSeconds, processesBetween } from './generator-processes.ts'
import type { GeneratorSample } from './generator-sample.ts'

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
