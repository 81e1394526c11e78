import type { Finding } from './finding.ts'

/** What the toolkit reads in /proc, which only Linux has. */
const WITHOUT_PROC = {
  '--max-memory': 'not held, as it is on Linux: k6 may take all memory of this machine',
  "k6's waits": 'for a CPU are not told, as on Linux: a run is judged by how busy this machine is',
  'machine use': 'memory, network and disk of this machine are missing in reports',
}

/** Windows has no signals, no groups of processes and no POSIX shell. */
const ON_WINDOWS = {
  'stopping a run': 'k6 ends at once, without teardown() and its summary: the run is INVALID',
  'killing a run': 'its k6 goes on with its load: end it in the Task Manager',
  'suite stop': 'is refused, and Ctrl+C ends the runs of a suite without verdicts',
  'shell commands': 'of suites and of "scaling" are those of cmd.exe',
}

const IN_WSL = 'All of it works in WSL 2'

/** What a run on this system does without; nothing on Linux. */
export function checkPlatform(platform: NodeJS.Platform): Finding[] {
  if (platform === 'linux') return []
  const isWindows = platform === 'win32'
  const missing = Object.entries({ ...WITHOUT_PROC, ...(isWindows && ON_WINDOWS) })
  return missing.map(([name, found], at) => {
    const isLast = at === missing.length - 1
    return { name, found, ok: 'optional', ...(isWindows && isLast && { advice: IN_WSL }) }
  })
}
