import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** CPU time of the whole machine since it was started, summed over its CPUs, in seconds. */
export interface MachineCounters {
  /** All but idle, with `stealSeconds` and `interruptSeconds`. */
  busySeconds: number
  idleSeconds: number
  /** Taken by the host from this virtual machine; undefined where the system does not tell. */
  stealSeconds?: number
  /** Interrupts that were not charged to the process that they interrupted. */
  interruptSeconds?: number
}

/** USER_HZ: the unit of /proc for every Linux that Node runs on, whatever the kernel's own clock. */
export const TICKS_PER_SECOND = 100

/** The machine's counters now; from /proc/stat, elsewhere from what Node knows. Never throws. */
export function readMachine(): MachineCounters | undefined {
  try {
    return parseProcStat(readFileSync('/proc/stat', 'utf8'))
  } catch {
    return fromNode()
  }
}

/** Reads the text of /proc/stat. Undefined when it counts nothing, as in some sandboxes. */
export function parseProcStat(text: string): MachineCounters | undefined {
  const [, line = ''] = /^cpu +(.*)$/m.exec(text) ?? []
  const seconds = line.split(' ').map((ticks) => Number(ticks) / TICKS_PER_SECOND)
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, ...rest] = seconds
  const [irq = 0, softirq = 0, steal = 0] = rest // guest time follows, and is in user already
  const idleSeconds = idle + waiting
  const busySeconds = user + nice + system + irq + softirq + steal
  if (!(idleSeconds + busySeconds > 0)) return undefined
  // A kernel that measures interrupts takes them out of the time of processes, and has some in
  // "irq". One that only looks at each tick has none there, and leaves them in.
  const interruptSeconds = irq > 0 ? irq + softirq : 0
  return { busySeconds, idleSeconds, stealSeconds: steal, interruptSeconds }
}

/** What was used from one moment to another; undefined when either is, or when nothing was counted. */
export function machineBetween(
  before: MachineCounters | undefined,
  after: MachineCounters | undefined,
): MachineCounters | undefined {
  if (!before || !after) return undefined
  const rise = (counter: keyof MachineCounters): number =>
    (after[counter] ?? 0) - (before[counter] ?? 0)
  const [busySeconds, idleSeconds] = [rise('busySeconds'), rise('idleSeconds')]
  if (!(busySeconds + idleSeconds > 0)) return undefined
  const interruptSeconds = rise('interruptSeconds')
  return {
    busySeconds,
    idleSeconds,
    interruptSeconds,
    ...(after.stealSeconds !== undefined && { stealSeconds: rise('stealSeconds') }),
  }
}

function fromNode(): MachineCounters | undefined {
  const times = cpus().map((cpu) => cpu.times)
  if (times.length === 0) return undefined
  const sum = (ofOne: (one: (typeof times)[number]) => number): number =>
    times.reduce((total, one) => total + ofOne(one), 0) / 1_000
  return {
    busySeconds: sum(({ user, nice, sys, irq }) => user + nice + sys + irq),
    idleSeconds: sum(({ idle }) => idle),
  }
}
