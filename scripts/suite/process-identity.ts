import { execFileSync } from 'node:child_process'
import { hostname } from 'node:os'
import { systemText } from '../core/system-files.ts'
import { isRunning } from '../core/processes.ts'

/** What identifies a process: ids are reused, also after a restart of the machine. */
export interface ProcessIdentity {
  pid: number
  host: string
  /** When it was started, as the system says it; `unknown` where it does not. */
  started: string
}

const UNKNOWN = 'unknown'

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: startOf(process.pid) ?? UNKNOWN }
}

/** Why that process no longer exists, in words; undefined if it still runs. */
export function goneBecause({ pid, host, started }: ProcessIdentity): string | undefined {
  if (host !== hostname()) return `it runs or ran on ${host}`
  if (!isRunning(pid)) return `its process ${pid} has ended`
  // Windows tells no start: there its id has to do.
  if (started === UNKNOWN) return undefined
  const now = startOf(pid)
  if (now === undefined) return `its process ${pid} has ended`
  return now === started
    ? undefined
    : `its process ${pid} has ended, and another one has its id now`
}

// proc(5): the third field is its state, Z for one that has ended and waits for its parent; the 22nd is its start in ticks since
// the machine was started, which boot_id tells apart.
function startOf(pid: number): string | undefined {
  const stat = systemText(`/proc/${pid}/stat`)
  if (stat === undefined) return startByPs(pid)
  const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z') return undefined
  const ticks = fields[18]
  const boot = systemText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
  return ticks === undefined ? undefined : `${boot} ${ticks}`
}

function startByPs(pid: number): string | undefined {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: 'pipe' })
    return text.toString().trim() || undefined
  } catch {
    return undefined
  }
}
