import { readFileSync } from 'node:fs'

/** Seconds of CPU time, of all cores together, since the machine started. */
interface CpuTime {
  /** Spent by anybody, and taken away by the hypervisor. */
  machineSeconds: number
  /** Spent by this process and by its ended children. */
  ownSeconds: number
}

const TICKS_PER_SECOND = 100

/** Reads Linux' counters; `proc(5)`: /proc/stat line 1, /proc/self/stat fields 14 to 17. */
export function cpuTime(): CpuTime {
  const [machine = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = numbers(machine)
  const [, self = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ')
  const own = numbers(self).slice(10, 14)
  return {
    machineSeconds: (user + nice + system + irq + softIrq + steal) / TICKS_PER_SECOND,
    ownSeconds: own.reduce((a, b) => a + b, 0) / TICKS_PER_SECOND,
  }
}

// The first word is a name or a state.
function numbers(line: string): number[] {
  return line.split(/ +/).slice(1).map(Number)
}

/** Cores that others kept busy between two readings: 0.5 is half a core. */
export function foreignCores(before: CpuTime, after: CpuTime, seconds: number): number {
  const machine = after.machineSeconds - before.machineSeconds
  const own = after.ownSeconds - before.ownSeconds
  return Math.max(0, (machine - own) / seconds)
}
