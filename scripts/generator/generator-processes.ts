import { kibibytesIn, systemNames, systemText } from '../core/system-files.ts'
import { TICKS_PER_SECOND } from './generator-machine.ts'
import type { K6Counters, ThreadWait } from './generator-request.ts'

/** CPU seconds of some processes since each began, by process id. */
export type ProcessSeconds = ReadonlyMap<number, number>

type K6Process = Pick<K6Counters, 'cpuSeconds' | 'memoryBytes' | 'wait'>

/**
 * CPU time of this process and of some others. A process that is gone is left out. Undefined where
 * the time of another process cannot be read (no /proc), for then it would pass as a stranger's.
 */
export function readProcesses(pids: readonly number[]): ProcessSeconds | undefined {
  const seconds = new Map<number, number>([[process.pid, ownSeconds()]])
  for (const pid of pids) {
    if (pid === process.pid) continue
    if (process.platform !== 'linux') return undefined
    const used = secondsOf(pid)
    if (used !== undefined) seconds.set(pid, used)
  }
  return seconds
}

/** Those of them that are not this process: the sandbox, proxies. Undefined without any. */
export function childrenOf(own: ProcessSeconds | undefined): ProcessSeconds | undefined {
  const children = [...(own ?? [])].filter(([pid]) => pid !== process.pid)
  return children.length > 0 ? new Map(children) : undefined
}

/** CPU seconds used from one moment to another; undefined when either could not be read. */
export function processesBetween(
  before: ProcessSeconds | undefined,
  after: ProcessSeconds | undefined,
): number | undefined {
  if (!before || !after) return undefined
  let seconds = 0
  // What is new has no time to compare with, and what has ended took its last one with it.
  for (const [pid, used] of after) seconds += Math.max(0, used - (before.get(pid) ?? used))
  return seconds
}

/** CPU time, wait for a CPU and resident memory of the k6 process; undefined without /proc, or when it is gone. */
export function readK6Process(pid: number | undefined): K6Process | undefined {
  if (pid === undefined || process.platform !== 'linux') return undefined
  const cpuSeconds = secondsOf(pid)
  if (cpuSeconds === undefined) return undefined
  const memoryBytes = kibibytesIn(systemText(`/proc/${pid}/status`), 'VmRSS')
  const wait = waitOf(pid)
  return {
    cpuSeconds,
    ...(wait && { wait }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  }
}

/**
 * Reads the text of /proc/<pid>/task/<tid>/schedstat: nanoseconds on a CPU and in the run queue, and the
 * number of turns on a CPU. Undefined when the text is something else.
 */
export function parseSchedstat(text: string): ThreadWait | undefined {
  const [, nanoseconds, turns] = /^\d+ (\d+) (\d+)\s*$/.exec(text) ?? []
  if (nanoseconds === undefined) return undefined
  return { seconds: Number(nanoseconds) / 1e9, turns: Number(turns) }
}

// The process's own schedstat is that of its first thread alone. Go keeps its threads, so sums only grow.
function waitOf(pid: number): ThreadWait | undefined {
  const threads = systemNames(`/proc/${pid}/task`).map((tid) => {
    return parseSchedstat(systemText(`/proc/${pid}/task/${tid}/schedstat`) ?? '')
  })
  const known = threads.filter((thread) => thread !== undefined)
  // A kernel without CONFIG_SCHED_INFO has no such file, or zeros in it.
  if (!known.some(({ turns }) => turns > 0)) return undefined
  return {
    seconds: known.reduce((sum, { seconds }) => sum + seconds, 0),
    turns: known.reduce((sum, { turns }) => sum + turns, 0),
  }
}

/**
 * Reads the text of /proc/<pid>/stat: user and system time of all threads. Children that have ended
 * are left out, for k6 is one of them. Undefined when the text is something else.
 */
export function parseProcessStat(text: string): number | undefined {
  // The name, second and in brackets, may hold spaces and brackets of its own.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  return Number.isFinite(seconds) ? seconds : undefined
}

function secondsOf(pid: number): number | undefined {
  return parseProcessStat(systemText(`/proc/${pid}/stat`) ?? '')
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}
