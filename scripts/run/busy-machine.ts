// Pure.
import type { MachineUse } from './machine-look.ts'

/** Of the machine's CPUs: less is what a system, a terminal and a browser use beside any run. */
const BUSY_SHARE = 0.25

/** Says how much others use of a busy machine; undefined when it is not busy. */
export function busyText(use: MachineUse | undefined): string | undefined {
  if (!use || use.othersCpu < BUSY_SHARE * use.cpus) return undefined
  return `other processes use ${use.othersCpu.toFixed(1)} of ${use.cpus} CPUs`
}
