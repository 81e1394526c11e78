// Pure. What may be said of the load generator and of its machine. CPU is in cores.
import { clock, formatMeasure } from '../core/format-measure.ts'

interface Seconds {
  /** Seconds in which it was so, of how many. */
  seconds: number
  of: number
}

interface MachineUse extends Seconds {
  cpus: number
  k6Cpu?: number | undefined
  sandboxCpu?: number | undefined
  othersCpu?: number | undefined
  stealCpu?: number | undefined
}

interface Starved {
  /** How long a thread waited each time, at most; Linux only. */
  waitMs?: number | undefined
  /** No process took the CPU, only the host of the virtual machine. */
  isHostAlone: boolean
}

interface MemoryEnd {
  k6Bytes: number
  availableBytes?: number | undefined
  maxBytes: number
  atSeconds: number
}

const LESS_LOAD = 'use fewer users, more think time, a lower rate, or more machines'
const LESS_MEMORY = 'use fewer users, smaller data, or more memory'
const ALONE = 'end them, or give k6 a machine without them and without the target'

/** A sentence for each code of a generator: what was seen, a colon, and what to do about it. */
export const GENERATOR_SENTENCES = {
  GENERATOR_CPU_SATURATED: ({ seconds, of, cpus, k6Cpu }: MachineUse) =>
    `k6 had no CPU to spare in ${seconds} of ${of} s (it used up to ${cores(k6Cpu)} of ${cpus}), ` +
    `so its latencies include its own wait: ${LESS_LOAD}`,
  GENERATOR_CPU_STARVED: (use: MachineUse & Starved) => {
    if (use.isHostAlone) {
      return (
        `The host of this virtual machine took up to ${cores(use.stealCpu)} of ${use.cpus} CPUs in ` +
        `${use.seconds} of ${use.of} s: give k6 a machine that has its CPUs to itself`
      )
    }
    return use.waitMs === undefined
      ? `No CPU was idle in ${use.seconds} of ${use.of} s, while ${neighbours(use)} of ${use.cpus} CPUs; ` +
          `how long k6 waited is not known on this system: ${ALONE}`
      : `k6 waited for a CPU in ${use.seconds} of ${use.of} s (up to ${use.waitMs.toFixed(1)} ms each ` +
          `time), while ${neighbours(use)} of ${use.cpus} CPUs: ${ALONE}`
  },
  GENERATOR_UNPROVEN: ({ seconds, of }: Seconds) =>
    `Nothing shows that k6 had CPU enough in ${seconds} of ${of} s (its API did not answer, and the ` +
    'machine was not idle): see k6.log, and run again',
  GENERATOR_MEMORY_LIMIT: ({ limitBytes, seconds, of }: Seconds & { limitBytes: number }) =>
    `k6 was at its memory limit (GOMEMLIMIT, ${formatMeasure(limitBytes, 'bytes')}) and busy ` +
    `collecting garbage in ${seconds} of ${of} s: ${LESS_MEMORY}`,
  GENERATOR_MEMORY_FULL: ({ bytes, limitBytes }: { bytes: number; limitBytes: number }) =>
    `k6 had ${formatMeasure(bytes, 'bytes')} of ${formatMeasure(limitBytes, 'bytes')}, all that it ` +
    `may use: ${LESS_MEMORY}`,
  GENERATOR_MEMORY_ENDED: ({ k6Bytes, availableBytes, maxBytes, atSeconds }: MemoryEnd) =>
    `k6 used ${formatMeasure(k6Bytes, 'bytes')}` +
    (k6Bytes > maxBytes || availableBytes === undefined
      ? `, more than the ${formatMeasure(maxBytes, 'bytes')} that it may (--max-memory)`
      : `, and this machine had ${formatMeasure(availableBytes, 'bytes')} left`) +
    `: the run was ended at ${clock(atSeconds)}; look for large responses, or ${LESS_MEMORY}`,
  CLOCK_JUMPED: ({ jumpMs }: { jumpMs: number }) =>
    `The clock jumped by ${(jumpMs / 1_000).toFixed(1)} s, so samples are in the wrong phase: set it ` +
    'before a run, and keep the machine awake',
  GENERATOR_K6_UNREAD: ({ seconds, of }: Seconds) =>
    `k6's own CPU and memory could be read in only ${seconds} of ${of} s: see k6.log for its API`,
  GENERATOR_MACHINE_UNREAD: ({ seconds, of }: Seconds) =>
    `The machine's CPU time could be read in only ${seconds} of ${of} s: others may have taken it`,
  GENERATOR_MACHINE_FULL: (use: MachineUse & { waitMs?: number | undefined }) =>
    `No CPU was idle in ${use.seconds} of ${use.of} s (k6 ${cores(use.k6Cpu)}, sandbox ` +
    `${cores(use.sandboxCpu ?? 0)}, others ${cores(use.othersCpu)} of ${use.cpus} CPUs)` +
    (use.waitMs === undefined
      ? ''
      : `, and k6 waited ${use.waitMs.toFixed(2)} ms for one each time`) +
    ': latencies may include a wait for a CPU',
  GENERATOR_NOT_WATCHED: () => "Nothing is known of the runners' CPU and memory",
}

// At their peaks: the sandbox and the host only where they took something.
function neighbours({ othersCpu, sandboxCpu = 0, stealCpu = 0 }: MachineUse): string {
  return [
    `other processes used up to ${cores(othersCpu)}`,
    ...(sandboxCpu >= 0.1 ? [`the sandbox ${cores(sandboxCpu)}`] : []),
    ...(stealCpu >= 0.1 ? [`the host ${cores(stealCpu)}`] : []),
  ].join(', ')
}

function cores(amount: number | undefined): string {
  return amount === undefined ? 'an unknown part' : amount.toFixed(2)
}
