import { busyText } from '../run/busy-machine.ts'
import type { MachineUse } from '../run/machine-look.ts'
import { type Finding, finding, optional } from './finding.ts'

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
