// What Linux tells in /proc and /sys; elsewhere there are no such files.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Reads a file of the system. */
export type ReadText = (path: string) => string | undefined

/** The text of a file of the system; undefined where there is none, or its process has ended in the meantime. */
export const systemText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** The names in a folder of the system; none where there is no such folder any more. */
export function systemNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** A line such as `VmRSS:  5120 kB`, in bytes. */
export function kibibytesIn(text: string | undefined, name: string): number | undefined {
  const [, digits] = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text ?? '') ?? []
  return digits === undefined ? undefined : Number(digits) * 1_024
}

export const CGROUPS = '/sys/fs/cgroup'

/** Folders of the cgroup (v2) of this process and of those around it: a limit holds for all groups in one. */
export function ownCgroups(read: ReadText = systemText): string[] {
  const [, group = '/'] = /^0::(.*)$/m.exec(read('/proc/self/cgroup') ?? '') ?? []
  return withParents(group).map((path) => join(CGROUPS, path))
}

function withParents(group: string): string[] {
  return group === '/' || group === '.' ? ['/'] : [group, ...withParents(dirname(group))]
}
