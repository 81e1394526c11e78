import type { GeneratorHealth } from './generator-health.ts'
import { OTHERS_SHARE, WAIT_MS_MAX } from './generator-seconds.ts'
import { type Reason, reason } from '../../reasons/reasons.ts'

/** More than this part of the seconds is more than a percentile of 90 leaves out. */
const FAULTY_SHARE = 0.1

/** Fewer may be one garbage collection, or a log-in of all users; nothing that lasts. */
const FAULTY_SECONDS_MIN = 3

/** Of the memory that there is: what follows is swapping, or the end of k6. */
const MEMORY_SHARE = 0.95

/** Phases are found by the clock: with more than this, samples are judged in the wrong one. */
const CLOCK_JUMP_MS_MAX = 1_000

/** A shorter judged time has too few samples to miss some. */
const NOTED_SECONDS_MIN = 5

type Facts = Omit<GeneratorHealth, 'faults' | 'notes' | 'instances' | 'perSecond'>

/** Why the generator's measurements are not the target's; each says what to do. */
export function generatorFaults(facts: Facts): Reason[] {
  return [...cpuFaults(facts), ...memoryFaults(facts), ...clockFaults(facts)]
}

/** What does not spoil the run, or cannot be known; empty in a sound run. */
export function generatorNotes(facts: Facts): Reason[] {
  const { seconds, judgedSeconds, cpus, othersCpuCores } = facts
  const notes: Reason[] = []
  if (isMissing(seconds.k6, judgedSeconds)) {
    notes.push(reason('GENERATOR_K6_UNREAD', { seconds: seconds.k6, of: judgedSeconds }))
  }
  if (isMissing(seconds.machine, judgedSeconds)) {
    notes.push(reason('GENERATOR_MACHINE_UNREAD', { seconds: seconds.machine, of: judgedSeconds }))
  }
  const isToldOtherwise =
    areTooMany(seconds.saturated, seconds.k6) || areTooMany(seconds.starved, seconds.k6)
  if (areTooMany(seconds.full, seconds.machine) && !isToldOtherwise) {
    const of = { seconds: seconds.full, of: seconds.machine, cpus }
    const { k6CpuCores, k6WaitMs, sandboxCpuCores } = facts
    const used = {
      k6Cpu: k6CpuCores?.median,
      sandboxCpu: sandboxCpuCores?.median,
      othersCpu: othersCpuCores?.median,
      waitMs: k6WaitMs?.median,
    }
    notes.push(reason('GENERATOR_MACHINE_FULL', { ...of, ...used }))
  }
  return notes
}

function cpuFaults(facts: Facts): Reason[] {
  const { judgedSeconds, seconds, cpus, k6CpuCores, othersCpuCores, stealCpuCores } = facts
  const faults: Reason[] = []
  const of = { of: seconds.k6, cpus }
  if (areTooMany(seconds.saturated, seconds.k6)) {
    const used = { seconds: seconds.saturated, ...of, k6Cpu: k6CpuCores?.peak }
    faults.push(reason('GENERATOR_CPU_SATURATED', used))
  }
  if (areTooMany(seconds.starved, seconds.k6)) {
    const { k6WaitMs, sandboxCpuCores } = facts
    const isTakenByOthers = k6WaitMs
      ? k6WaitMs.peak >= WAIT_MS_MAX
      : (othersCpuCores?.peak ?? 0) >= OTHERS_SHARE * cpus
    faults.push(
      reason('GENERATOR_CPU_STARVED', {
        ...{ seconds: seconds.starved, ...of },
        othersCpu: othersCpuCores?.peak,
        sandboxCpu: sandboxCpuCores?.peak,
        stealCpu: stealCpuCores?.peak,
        waitMs: k6WaitMs?.peak,
        isHostAlone: !isTakenByOthers && (stealCpuCores?.peak ?? 0) > 0,
      }),
    )
  }
  if (areTooMany(seconds.unproven, judgedSeconds)) {
    faults.push(reason('GENERATOR_UNPROVEN', { seconds: seconds.unproven, of: judgedSeconds }))
  }
  return faults
}

function memoryFaults(facts: Facts): Reason[] {
  const { seconds, softMemoryLimitBytes = 0, memoryLimitBytes, k6MemoryBytes } = facts
  const faults: Reason[] = []
  if (areTooMany(seconds.collecting, seconds.k6)) {
    const of = { seconds: seconds.collecting, of: seconds.k6 }
    faults.push(reason('GENERATOR_MEMORY_LIMIT', { limitBytes: softMemoryLimitBytes, ...of }))
  }
  if (memoryLimitBytes !== undefined && k6MemoryBytes !== undefined) {
    const { peak: bytes } = k6MemoryBytes
    if (bytes > MEMORY_SHARE * memoryLimitBytes) {
      faults.push(reason('GENERATOR_MEMORY_FULL', { bytes, limitBytes: memoryLimitBytes }))
    }
  }
  return faults
}

function clockFaults({ clockJumpMs }: Facts): Reason[] {
  return clockJumpMs > CLOCK_JUMP_MS_MAX ? [reason('CLOCK_JUMPED', { jumpMs: clockJumpMs })] : []
}

function isMissing(knownSeconds: number, judgedSeconds: number): boolean {
  return judgedSeconds >= NOTED_SECONDS_MIN && knownSeconds < judgedSeconds / 2
}

function areTooMany(some: number, of: number): boolean {
  return some >= FAULTY_SECONDS_MIN && some > FAULTY_SHARE * of
}
