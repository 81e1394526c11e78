import { setTimeout as delay } from 'node:timers/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import {
  CGROUPS,
  ownCgroups,
  type ReadText,
  systemNames,
  systemText,
} from '../core/system-files.ts'
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

/**
 * CPU time of the task below on the machine where the cost of a request was measured: two shared virtual
 * CPUs (AMD EPYC) of 2026, Node 20.
 */
const REFERENCE_TASK_MS = 0.06

const BATCHES = 8
const ROUNDS = 100

/**
 * How slow a CPU of this machine is, as a factor of the one that costs were measured on: 2 takes twice
 * as long. By CPU time, so that neighbours hardly count. Takes about 60 ms.
 */
export function cpuSlowness(): number {
  // The fastest: the first ones are spent on compiling, and a neighbour costs cache.
  return Math.min(...Array.from({ length: BATCHES }, taskMs)) / REFERENCE_TASK_MS
}

function taskMs(): number {
  const start = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round += 1) task()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1_000 / ROUNDS
}

const ANSWER = JSON.stringify(
  Array.from({ length: 100 }, (_, id) => ({
    id,
    prompt: `Explain ${id}`,
    score: id / 7,
    tags: ['a'],
  })),
)

// What a request costs both sides in kind: JSON read and written, a digest.
function task(): string {
  const parsed = JSON.parse(ANSWER) as { id: number }[]
  for (const item of parsed) item.id += 1
  return createHash('sha256').update(JSON.stringify(parsed)).digest('hex')
}
