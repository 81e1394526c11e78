import type { GeneratorHealth } from './generator-health.ts'

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

const BYTES_PER_MIB = 1_048_576

const LESS_LOAD = 'use fewer users, more think time, a lower rate, or more machines'
const LESS_MEMORY = 'use fewer users, smaller data, or more memory'

type Facts = Omit<GeneratorHealth, 'faults' | 'notes' | 'instances'>

/** Why the generator's measurements are not the target's; each says what to do. */
export function generatorFaults(facts: Facts): string[] {
  const { judgedSeconds, seconds, cpus, k6CpuCores, othersCpuCores, stealCpuCores } = facts
  const faults: string[] = []
  if (isSaturated(facts)) {
    const time = `in ${seconds.saturated} of ${seconds.k6} s`
    const used = `k6 had no CPU to spare ${time} (it used up to ${cores(k6CpuCores?.peak)} of ${cpus})`
    faults.push(`${used}, so latencies hold its own wait: ${LESS_LOAD}`)
  }
  if (isStarved(facts)) {
    const time = `in ${seconds.starved} of ${seconds.k6} s`
    const taken = `${cores(othersCpuCores?.peak)} CPUs, ${cores(stealCpuCores?.peak)} by the host`
    const advice = 'end them, or give k6 a machine without them and without the target'
    faults.push(`others took the CPU from k6 ${time} (up to ${taken}): ${advice}`)
  }
  if (areTooMany(seconds.unproven, judgedSeconds)) {
    const time = `in ${seconds.unproven} of ${judgedSeconds} s`
    const unknown = `nothing shows that k6 had CPU enough ${time}`
    const reason = 'its API did not answer, and the machine was not idle'
    faults.push(`${unknown} (${reason}): see k6.log, and run again`)
  }
  return [...faults, ...memoryFaults(facts), ...clockFaults(facts)]
}

/** What does not spoil the run, or cannot be known; empty in a sound run. */
export function generatorNotes(facts: Facts): string[] {
  const { seconds, judgedSeconds, k6CpuCores, ownCpuCores, othersCpuCores } = facts
  const notes: string[] = []
  if (isMissing(seconds.k6, judgedSeconds)) {
    const time = `in only ${seconds.k6} of ${judgedSeconds} s`
    notes.push(`k6's own CPU and memory could be read ${time}: see k6.log for its API`)
  }
  if (isMissing(seconds.machine, judgedSeconds)) {
    const time = `in only ${seconds.machine} of ${judgedSeconds} s`
    notes.push(`the machine's CPU time could be read ${time}: others may have taken it`)
  }
  if (areTooMany(seconds.full, seconds.machine) && !isSaturated(facts) && !isStarved(facts)) {
    const users = [
      `k6 ${cores(k6CpuCores?.median)}`,
      `toolkit and sandbox ${cores(ownCpuCores?.median)}`,
      `others ${cores(othersCpuCores?.median)}`,
    ]
    const full = `no CPU was idle in ${seconds.full} of ${seconds.machine} s (${users.join(', ')})`
    notes.push(`${full}: latencies hold some wait for a CPU`)
  }
  return notes
}

function memoryFaults(facts: Facts): string[] {
  const { seconds, softMemoryLimitBytes, memoryLimitBytes, k6MemoryBytes } = facts
  const faults: string[] = []
  if (areTooMany(seconds.collecting, seconds.k6)) {
    const limit = `its memory limit (GOMEMLIMIT, ${mebibytes(softMemoryLimitBytes)})`
    const time = `in ${seconds.collecting} of ${seconds.k6} s`
    faults.push(`k6 was at ${limit} and busy collecting garbage ${time}: ${LESS_MEMORY}`)
  }
  if (memoryLimitBytes !== undefined && k6MemoryBytes !== undefined) {
    if (k6MemoryBytes.peak > MEMORY_SHARE * memoryLimitBytes) {
      const all = `${mebibytes(k6MemoryBytes.peak)} of ${mebibytes(memoryLimitBytes)}`
      faults.push(`k6 had ${all}, all that it may use: ${LESS_MEMORY}`)
    }
  }
  return faults
}

function clockFaults({ clockJumpMs }: Facts): string[] {
  if (clockJumpMs <= CLOCK_JUMP_MS_MAX) return []
  const jumped = `the clock jumped by ${(clockJumpMs / 1_000).toFixed(1)} s`
  return [
    `${jumped}, so samples are in the wrong phase: set it before a run, and keep the machine awake`,
  ]
}

function isSaturated({ seconds }: Facts): boolean {
  return areTooMany(seconds.saturated, seconds.k6)
}

function isStarved({ seconds }: Facts): boolean {
  return areTooMany(seconds.starved, seconds.k6)
}

function isMissing(knownSeconds: number, judgedSeconds: number): boolean {
  return judgedSeconds >= NOTED_SECONDS_MIN && knownSeconds < judgedSeconds / 2
}

function areTooMany(some: number, of: number): boolean {
  return some >= FAULTY_SECONDS_MIN && some > FAULTY_SHARE * of
}

function cores(amount: number | undefined): string {
  return amount === undefined ? 'unknown' : amount.toFixed(2)
}

function mebibytes(bytes = 0): string {
  return `${Math.round(bytes / BYTES_PER_MIB)} MiB`
}
