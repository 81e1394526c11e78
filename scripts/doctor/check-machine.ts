import { availableParallelism } from 'node:os'
import { usableMemoryBytes } from '../k6/environment.ts'
import { BYTES_PER_GIB, type Finding, finding, gibibytes, optional } from './finding.ts'
import { busyText, type MachineUse } from '../generator/machine-look.ts'

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

/** Whether others use the CPUs now; undefined `use` where the system does not tell. */
export function checkBusy(use: MachineUse | undefined): Finding {
  if (!use) return finding('CPU use', 'not known on this system')
  const text = busyText(use)
  if (text === undefined) {
    return finding('CPU use', `other processes use ${use.othersCpu.toFixed(1)} of ${use.cpus} CPUs`)
  }
  const advice = 'End them before a run: should k6 have to wait for a CPU, the run ends INVALID'
  return finding('CPU use', text, optional(advice))
}
