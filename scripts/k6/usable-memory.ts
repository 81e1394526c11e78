import { totalmem } from 'node:os'

/**
 * Memory this process may use, in bytes: the machine's, or less where a cgroup (v1 or v2) says so.
 * Without a limit Node reports 0, undefined or an absurdly large number, by version and system.
 */
export function usableMemoryBytes(
  machineBytes: number = totalmem(),
  limitBytes: number | undefined = process.constrainedMemory(),
): number {
  return limitBytes ? Math.min(machineBytes, limitBytes) : machineBytes
}
