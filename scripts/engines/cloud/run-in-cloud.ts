import {
  type CloudOptions,
  cloudOptionsOf,
  refuseLocalOptions,
} from '../../options/cloud-options.ts'
import type { RunOptions } from '../../options/run-options.ts'
import { wrongUsage } from '../../core/usage-errors.ts'
import { settingsOf } from '../../options/check-run-options.ts'
import { say } from '../../core/console.ts'
import { reportCloud } from './report-cloud.ts'
import { bundleScenario } from '../../plan/bundle.ts'
import { listenForInterrupts } from '../../core/interrupts.ts'
import { describeLoad } from '../../plan/open-target.ts'
import { bundleRequest, planRun } from '../../plan/plan-run.ts'
import { readyK6 } from '../../k6/k6-context.ts'
import { newRunId, requireResultsFolder, runFolder } from '../../run-folder/run-folder.ts'
import type { WorkloadFolder } from '../../plan/scenario-files.ts'
import { requireUsersFile } from '../../plan/users-file.ts'
import { startNotes } from '../../plan/start-together.ts'
import { parseTargets, requirePermission } from '../../plan/target.ts'
import { type CloudRequest, cloudRequest, deadlineMsOf } from './cloud-request.ts'
import { executeInCloud } from './execute-in-cloud.ts'
import { requirePublicTargets } from './public-target.ts'

/** Plans a scenario, has it run by load zones, and judges it by what the cloud says. */
export async function runInCloud(
  scenario: string,
  workload: WorkloadFolder,
  options: RunOptions & CloudOptions,
): Promise<number> {
  refuseLocalOptions(options)
  const startedAt = new Date()
  const id = newRunId(scenario, startedAt)
  const request = requestOf(scenario, options)
  const settings = {
    ...settingsOf(scenario, options, { id, timeScale: options.timeScale ?? 1 }),
    testid: id,
    cloud: request.settings,
  }
  await requireUsersFile(process.env)
  const { stop, kill, close } = listenForInterrupts()
  try {
    const k6 = await readyK6(stop)
    const planned = await planRun({
      workload,
      settings,
      slaPath: options.sla,
      k6: k6.path,
      env: process.env,
      elsewhere: true,
      signal: stop,
    })
    const { plan } = planned.evaluated
    const targets = parseTargets(options.target, plan.regions)
    requirePublicTargets(targets, process.env)
    requirePermission(targets, { ...plan, confirmed: options.iOwnThisTarget })
    const folder = runFolder(id, process.env)
    await requireResultsFolder(folder.path)

    const seconds = Math.round(plan.durationSeconds)
    say(`${scenario} on ${workload.name} in Grafana Cloud k6: ${describeLoad(plan)}, ${seconds} s`)
    startNotes(planned.objectives, process.env).forEach(say)
    const bundle = await bundleScenario(bundleRequest(workload, planned))
    const deadlineMs = deadlineMsOf(options, plan)
    const input = { folder, planned, bundle, k6, targets, startedAt, request, deadlineMs }
    const executed = await executeInCloud({ ...input, stop, kill })
    return await reportCloud({ folder, planned, executed, strict: options.strict })
  } finally {
    close()
  }
}

/** What the options and the environment say of the cloud, for a run there or here. */
export function requestOf(scenario: string, options: RunOptions): CloudRequest {
  const { instances = 1, segment } = options as { instances?: number; segment?: unknown }
  if (instances > 1 || segment !== undefined) {
    throw wrongUsage(
      '--instances and --segment cannot be combined with --local-execution: each k6 would be a run of its own there',
    )
  }
  const usualName = `${scenario} on ${options.workload}`
  return cloudRequest({ ...cloudOptionsOf(options), usualName }, process.env)
}
