// Pure. How much of a scenario's load a machine carries that makes the load and serves it, too.
import { number } from '../../core/format-measure.ts'
import { nextFull } from '../../../lib/shares.ts'
import type { RunPlan } from '../../../lib/plan.ts'
import {
  busyText,
  cpuSlowness,
  type MachineLook,
  type MachineUse,
} from '../../generator/machine-look.ts'
import { say } from '../../core/console.ts'
import { drivesBrowser } from '../../plan/browser.ts'
import { type PlannedRun, planRun, type RunRequest } from '../../plan/plan-run.ts'

/**
 * CPU of k6 and of the sandbox for one request, on a CPU of slowness 1. Measured in a spike of 1,000 users:
 * 0.45 and 0.40 ms while all goes well; the rest is for garbage collections and log-ins.
 */
const REQUEST_CPU_MS = 1.5

/** So long a user waits for the sandbox's answer between two pauses, in seconds. */
const ANSWER_SECONDS = 0.1

/** Of the CPU that others leave. The other half is for garbage collections, log-ins and the report. */
const USED_SHARE = 0.5

/** A demo shows something on a machine without any CPU to spare, too. */
const LEAST_SHARE = 0.1

type Demanded = Pick<RunPlan, 'model' | 'target' | 'thinkSeconds' | 'judges' | 'parts'> & {
  /** Each user has a browser. */
  browser?: boolean
}

/** Iterations per second that a CPU carries, where each starts a browser. */
const BROWSERS_PER_CPU = 0.5

export interface DemoMachine extends MachineUse {
  /** As cpuSlowness() gives it. */
  slowness: number
}

/**
 * Highest users, or iterations per second in the open model, that leave half of the machine's free CPU
 * idle; rounded down to a friendly number. Undefined when the machine carries all that the scenario asks
 * for.
 */
export function demoSize(
  { model, target, thinkSeconds, judges, parts, browser = false }: Demanded,
  { cpus, othersCpu, slowness }: DemoMachine,
): number | undefined {
  // A run in steps looks for the limit of the machine, and ends there.
  if (model === 'once' || judges === 'steps') return undefined
  const freeCpu = Math.max(0, cpus - othersCpu)
  const perSecond = browser
    ? freeCpu * BROWSERS_PER_CPU
    : (freeCpu * USED_SHARE * 1_000) / (REQUEST_CPU_MS * slowness)
  const carried = model === 'open' ? perSecond : perSecond * (thinkSeconds + ANSWER_SECONDS)
  if (carried >= target) return undefined
  const size = friendly(Math.max(carried, browser ? 1 : target * LEAST_SHARE, 1))
  if (model === 'open') return size
  // Fewer might leave a part of the scenario without a user.
  const users = nextFull(
    size,
    parts.map(({ weight }) => weight),
  )
  return users < target ? users : undefined
}

/** Down to one digit and a half: 437 becomes 400, 96 becomes 95, 1,234 becomes 1,000. */
function friendly(value: number): number {
  const step = 10 ** Math.floor(Math.log10(value)) / 2
  return step < 1 ? Math.floor(value) : Math.floor(value / step) * step
}

/** CPUs at least this slow are told to be. */
const SLOW = 0.75

/** `400 of 1,000 users, as this machine has 2 slow CPUs; --users 1000 for all` */
export function demoText(
  { model, target }: Pick<RunPlan, 'model' | 'target'>,
  { size, machine }: { size: number; machine: DemoMachine },
): string {
  const { cpus, othersCpu, slowness } = machine
  const [what, option] = model === 'open' ? ['iterations/s', '--rate'] : ['users', '--users']
  const has = `${cpus} ${slowness >= SLOW ? 'slow ' : ''}CPU${cpus === 1 ? '' : 's'}`
  const busy = othersCpu >= 0.1 * cpus ? `, of which others use ${othersCpu.toFixed(1)}` : ''
  return `${number(size)} of ${number(target)} ${what}, as this machine has ${has}${busy}; ${option} ${target} for all`
}

/**
 * Plans a run whose load fits this machine: a demo on the sandbox, which shares the machine with k6. What
 * it decides is in the settings, and so in the bundle and in run.json.
 *
 * @throws ToolkitError as planRun() does
 */
export async function planDemo(request: RunRequest, look: MachineLook): Promise<PlannedRun> {
  const slowness = cpuSlowness()
  const planned = await planRun(request)
  const use = await look.end()
  if (!use) return planned
  const { plan, options } = planned.evaluated
  const machine = { ...use, slowness }
  const size = demoSize({ ...plan, browser: drivesBrowser(options) }, machine)
  if (size === undefined) return planned
  say(demoText(plan, { size, machine }))
  const load = plan.model === 'open' ? { ratePerSecond: size } : { users: size }
  return planRun({ ...request, settings: { ...request.settings, ...load, demoOf: plan.target } })
}

/** Says that the machine is busy, before the load starts. */
export async function warnOfBusyMachine(look: MachineLook): Promise<void> {
  const text = busyText(await look.end())
  if (text !== undefined) {
    say(`! ${text} now: should k6 have to wait for a CPU, the run ends INVALID`)
  }
}
