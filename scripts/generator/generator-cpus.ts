import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { CGROUPS, ownCgroups, type ReadText, systemText } from '../core/system-files.ts'

/**
 * CPUs that k6 may use (may be 1.5): those of this process, or less where a cgroup (v2, or v1 as a
 * container sees it) has a quota. Node and k6 both round a quota to whole CPUs, or overlook it.
 */
export function usableCpus(
  machineCpus: number = availableParallelism(),
  read: ReadText = systemText,
): number {
  return Math.min(machineCpus, ...quotas(read))
}

function quotas(read: ReadText): number[] {
  const texts = ownCgroups(read).map((folder) => read(join(folder, 'cpu.max')))
  const old = ['quota', 'period'].map((part) => read(join(CGROUPS, 'cpu', `cpu.cfs_${part}_us`)))
  return [...texts, old.join(' ')].flatMap((text) => {
    // Microseconds of CPU time and of the period; no quota is "max" in v2 and -1 in v1.
    const [quota = NaN, period = NaN] = (text ?? '').trim().split(/\s+/).map(Number)
    return quota > 0 && period > 0 ? [quota / period] : []
  })
}
