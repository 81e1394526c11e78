import type { RunPlan } from '../../lib/plan.ts'
import type { RunSettings } from '../../lib/run-settings.ts'
import { say } from '../report/console.ts'
import { executeRun } from '../run/execute-run.ts'
import { requireDiskSpace } from '../run/disk-space.ts'
import { listenForInterrupts } from '../run/interrupts.ts'
import { describeLoad } from '../run/open-target.ts'
import { bundleRequest, planRun } from '../run/plan-run.ts'
import { newRunId, runFolder } from '../run/run-folder.ts'
import { findWorkload, workloadFolders } from '../run/scenario-files.ts'
import { startTogether } from '../run/start-together.ts'
import { parseTargets, requirePermission } from '../run/target.ts'
import { unknownWorkload } from './errors.ts'
import type { RunOptions } from './run-options.ts'
import { settingsOf } from './settings-of.ts'

/** A first run must show its result soon; a target of the user's own runs at full length. */
const SANDBOX_TIME_SCALE = 0.1

/** Plans, runs and judges one scenario; the exit code says the verdict. */
export async function run(scenario: string, options: RunOptions): Promise<number> {
  const workload = findWorkload(options.workload)
  if (!workload) throw unknownWorkload(options.workload, workloadFolders())

  const startedAt = new Date()
  const id = newRunId(scenario, startedAt)
  const timeScale = options.timeScale ?? (options.target.length === 0 ? SANDBOX_TIME_SCALE : 1)
  const settings = settingsOf(scenario, options, { id, timeScale })
  const planned = await planRun({ workload, settings, slaPath: options.sla })
  const { plan } = planned.evaluated
  const targets = parseTargets(options.target, plan.regions)
  requirePermission(targets, { ...plan, confirmed: options.iOwnThisTarget })
  const folder = runFolder(id, process.env)
  await requireDiskSpace(plan, folder.path)

  const { stop, kill, close } = listenForInterrupts()
  try {
    say(headline(scenario, plan, settings))
    const request = bundleRequest(workload, planned)
    const { k6, target, bundle } = await startTogether({ request, targets, stop })
    try {
      if (target.isSandbox) say(sandboxLine(target.targets.base ?? '', settings.timeScale))
      const { out: outputs, webDashboard, strict, keepRaw } = options
      const input = { folder, planned, bundle, k6, target, startedAt, outputs, webDashboard }
      // Loaded while k6 runs: the first request must not wait for what draws the last line.
      const [executed, { reportRun }] = await Promise.all([
        executeRun({ ...input, stop, kill }),
        import('../report/report-run.ts'),
      ])
      return await reportRun({ folder, planned, executed, strict, keepRaw })
    } finally {
      await target.close()
    }
  } finally {
    close()
  }
}

function headline(scenario: string, plan: RunPlan, { seed }: RunSettings): string {
  const profile = plan.profile === undefined ? '' : ` --profile ${plan.profile}`
  const seconds = Math.round(plan.durationSeconds)
  return `${scenario}${profile} on ${plan.workload}: ${describeLoad(plan)}, ${seconds} s, seed ${seed}`
}

function sandboxLine(url: string, timeScale: number): string {
  return (
    `no --target, so the sandbox is used: ${url}, at time scale ${timeScale} ` +
    '(durations shrink, the load does not)'
  )
}
