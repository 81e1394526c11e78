import { setTimeout as delay } from 'node:timers/promises'
import { systemNames, systemText } from '../core/system-files.ts'
import { machineBetween, readMachine, TICKS_PER_SECOND } from './generator-machine.ts'

/** How busy a machine was for a while. CPU in cores. */
export interface MachineUse {
  /** CPUs of the machine. */
  cpus: number
  /** Used by all that is not this process or one of its children. */
  othersCpu: number
}

export interface MachineLook {
  /** What was used since the look began; waits where that is not long enough yet. */
  end: () => Promise<MachineUse | undefined>
}

/** A shorter look would count single ticks. */
const LOOK_MS_MIN = 500

/**
 * Begins to watch how much of the machine others use, while this process goes on with its own work.
 * Undefined at the end where the system counts nothing; without /proc, children count as others.
 */
export function lookAtMachine(lookMs = LOOK_MS_MIN): MachineLook {
  const begin = momentOf()
  return {
    end: async () => {
      const restMs = lookMs - (performance.now() - begin.atMs)
      if (restMs > 0) await delay(restMs)
      return useBetween(begin, momentOf())
    },
  }
}

type Moment = ReturnType<typeof momentOf>

function momentOf() {
  return { atMs: performance.now(), machine: readMachine(), ownSeconds: ownSeconds() }
}

function useBetween(before: Moment, after: Moment): MachineUse | undefined {
  const machine = machineBetween(before.machine, after.machine)
  if (!machine) return undefined
  const spanSeconds = (after.atMs - before.atMs) / 1_000
  const { busySeconds, idleSeconds, interruptSeconds = 0, stealSeconds = 0 } = machine
  const others =
    busySeconds - interruptSeconds - stealSeconds - (after.ownSeconds - before.ownSeconds)
  return {
    cpus: Math.max(1, Math.round((busySeconds + idleSeconds) / spanSeconds)),
    othersCpu: Math.max(0, others / spanSeconds),
  }
}

/** CPU time of this process, of its children and of theirs, ended ones too. */
function ownSeconds(): number {
  const processes = readAll()
  const self = processes.get(process.pid)
  if (!self) {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000_000
  }
  return [...processes.keys()]
    .filter((pid) => isOurs(pid, processes))
    .reduce((sum, pid) => sum + (processes.get(pid)?.seconds ?? 0), 0)
}

interface Process {
  parent: number
  /** With its children that have ended. */
  seconds: number
}

function isOurs(pid: number, processes: ReadonlyMap<number, Process>): boolean {
  if (pid === process.pid) return true
  const parent = processes.get(pid)?.parent
  return parent !== undefined && parent > 1 && isOurs(parent, processes)
}

function readAll(): Map<number, Process> {
  const found = new Map<number, Process>()
  for (const name of systemNames('/proc')) {
    const pid = Number(name)
    const one = Number.isInteger(pid) ? processOf(pid) : undefined
    if (one) found.set(pid, one)
  }
  return found
}

// Fields of /proc/<pid>/stat behind the name: state, parent, ..., utime, stime, cutime, cstime.
function processOf(pid: number): Process | undefined {
  const text = systemText(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return { parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND }
}

/** Of the machine's CPUs: less is what a system, a terminal and a browser use beside any run. */
const BUSY_SHARE = 0.25

/** Says how much others use of a busy machine; undefined when it is not busy. */
export function busyText(use: MachineUse | undefined): string | undefined {
  if (!use || use.othersCpu < BUSY_SHARE * use.cpus) return undefined
  return `other processes use ${use.othersCpu.toFixed(1)} of ${use.cpus} CPUs`
}
