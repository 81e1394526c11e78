import { say } from '../../core/console.ts'
import { drivesBrowser } from '../../plan/browser.ts'
import { busyText, type MachineLook } from '../../generator/machine-look.ts'
import { demoSize, demoText } from './demo-size.ts'
import { cpuSlowness } from '../../generator/machine-speed.ts'
import { type PlannedRun, planRun, type RunRequest } from '../../plan/plan-run.ts'

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
