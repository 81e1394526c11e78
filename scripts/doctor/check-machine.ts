import { availableParallelism } from 'node:os'
import { usableMemoryBytes } from '../k6/usable-memory.ts'
import { type Finding, finding, optional } from './finding.ts'
import { BYTES_PER_GIB, gibibytes } from './gibibytes.ts'

/** What k6 and the sandbox share. */
export interface Machine {
  memoryBytes: number
  /** CPUs this process may use (count). */
  cpus: number
}

/** Memory and CPUs: 1000 virtual users were measured to take 0.6 GiB of k6 and most of two CPUs. */
export function checkMachine(machine: Machine = thisMachine()): Finding {
  const { memoryBytes, cpus } = machine
  const found = `${gibibytes(memoryBytes)} memory, ${cpus} CPU${cpus === 1 ? '' : 's'}`
  if (memoryBytes >= 2 * BYTES_PER_GIB && cpus >= 2) return finding('machine', found)
  const advice = 'Enough for a few hundred users: for more, 2 GiB and 2 CPUs, or several machines'
  return finding('machine', found, optional(advice))
}

function thisMachine(): Machine {
  return { memoryBytes: usableMemoryBytes(), cpus: availableParallelism() }
}
