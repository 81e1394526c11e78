import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'

const CGROUPS = '/sys/fs/cgroup'

/**
 * CPUs that k6 may use (may be 1.5): those of this process, or less where a cgroup (v2, or v1 as a
 * container sees it) has a quota. Node and k6 both round a quota to whole CPUs, or overlook it.
 */
export function usableCpus(
  machineCpus: number = availableParallelism(),
  read: (path: string) => string | undefined = readText,
): number {
  return Math.min(machineCpus, ...quotas(read))
}

function quotas(read: (path: string) => string | undefined): number[] {
  const [, group = '/'] = /^0::(.*)$/m.exec(read('/proc/self/cgroup') ?? '') ?? []
  const texts = withParents(group).map((path) => read(join(CGROUPS, path, 'cpu.max')))
  const old = ['quota', 'period'].map((part) => read(join(CGROUPS, 'cpu', `cpu.cfs_${part}_us`)))
  return [...texts, old.join(' ')].flatMap((text) => {
    // Microseconds of CPU time and of the period; no quota is "max" in v2 and -1 in v1.
    const [quota = NaN, period = NaN] = (text ?? '').trim().split(/\s+/).map(Number)
    return quota > 0 && period > 0 ? [quota / period] : []
  })
}

// The limit of a group holds for all groups in it.
function withParents(group: string): string[] {
  return group === '/' || group === '.' ? ['/'] : [group, ...withParents(dirname(group))]
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
