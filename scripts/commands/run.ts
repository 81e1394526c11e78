import type { RunPlan } from '../../lib/plan.ts'
import type { RunSettings } from '../../lib/run-settings.ts'
import type { PrometheusStream } from '../prometheus/stream.ts'
import { say } from '../core/console.ts'
import type { ReportedRun } from '../engines/local/report-run.ts'
import { scriptEnvironment } from '../plan/users-file.ts'
import { executeRun } from '../engines/local/execute-run.ts'
import type { ExecuteInput } from '../engines/local/executed-run.ts'
import { requireDiskSpace } from '../plan/disk-space.ts'
import { listenForInterrupts } from '../core/interrupts.ts'
import { describeLoad } from '../plan/open-target.ts'
import { bundleRequest, planRun } from '../plan/plan-run.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { networkEnvironment } from '../run-folder/network.ts'
import { newRunId, requireResultsFolder, runFolder } from '../run-folder/run-folder.ts'
import { findWorkload, type WorkloadFolder, workloadFolders } from '../plan/scenario-files.ts'
import { lookAtMachine } from '../generator/machine-look.ts'
import { planDemo, warnOfBusyMachine } from '../engines/local/demo-size.ts'
import { startNotes, startTogether } from '../plan/start-together.ts'
import { baseTarget } from '../plan/target.ts'
import type { LocalExecution } from '../engines/cloud/local-execution.ts'
import type { RegionNetworkOpener } from '../toxiproxy/open-region-network.ts'
import { cloudOptionsOf, isInCloud } from '../options/cloud-options.ts'
import { checkRunOptions, settingsOf, timeScaleOf } from '../options/check-run-options.ts'
import { unknownWorkload, wrongUsage } from '../core/usage-errors.ts'
import { segmentObjectives } from '../segments/segments.ts'
import { divisionOf, divisionText } from '../options/division-options.ts'
import { isOnKubernetes } from '../options/kubernetes-options.ts'
import type { RunOptions } from '../options/run-options.ts'
import { secondPass } from './second-pass.ts'

/** Plans, runs and judges one scenario; the exit code says the verdict. */
export async function run(scenario: string, options: RunOptions): Promise<number> {
  const workload = findWorkload(options.workload)
  if (!workload) throw unknownWorkload(options.workload, workloadFolders())
  return runOn(workload, scenario, options)
}

/** The same on a workload that was found already. */
export async function runOn(
  workload: WorkloadFolder,
  scenario: string,
  options: RunOptions,
): Promise<number> {
  if (isOnKubernetes(options)) {
    const { runOnKubernetes } = await import('../engines/kubernetes/run-on-kubernetes.ts')
    return runOnKubernetes(scenario, workload, options)
  }
  if (isInCloud(options)) {
    const { runInCloud } = await import('../engines/cloud/run-in-cloud.ts')
    return runInCloud(scenario, workload, options)
  }
  const { exitCode, judged } = await runHere(scenario, workload, options)
  const ramp = secondPass(judged, options)
  if (!ramp) return exitCode
  say(`\nThe capacity is open: a second pass from ${ramp.fromRate} to ${ramp.rate} iterations/s`)
  return (await runHere(scenario, workload, { ...options, ...ramp })).exitCode
}

async function runHere(
  scenario: string,
  workload: WorkloadFolder,
  options: RunOptions,
): Promise<ReportedRun> {
  const look = lookAtMachine()
  const startedAt = new Date()
  const id = newRunId(scenario, startedAt)
  const timeScale = timeScaleOf(options)
  const cloud = await localExecutionOf(scenario, options)
  const settings = {
    ...settingsOf(scenario, options, { id, timeScale }),
    ...(cloud && { testid: id, cloud: cloud.settings }),
  }
  const env = await scriptEnvironment(process.env)
  const networkEnv = networkEnvironment(options)
  const folder = runFolder(id, process.env)
  await requireResultsFolder(folder.path)
  const { stop, kill, close } = listenForInterrupts()
  try {
    const k6 = await readyK6(stop)
    const of = { workload, settings, slaPath: options.sla, env }
    const planningEnv = { ...networkEnv, ...baseTarget(options.target) }
    const asked = { ...of, networkEnv: planningEnv, k6: k6.path, signal: stop }
    const planned = await (isDemo(options) ? planDemo(asked, look) : planRun(asked))
    const { plan } = planned.evaluated
    const checked = await checkRunOptions(planned, options)
    const { targets, division, serverMetrics, openNetwork } = checked
    const reaching = {
      ...{ k6: k6.path, options: planned.evaluated.options, networkEnv },
      readyTimeoutSeconds: options.readyTimeout,
    }
    const { out: outputs, webDashboard } = options
    await requireDiskSpace(plan, folder.path)
    const stream = await streamOf(options, { id, plan })

    say(headline(scenario, plan, settings) + divisionText(division))
    startNotes(planned.objectives, process.env).forEach(say)
    const request = bundleRequest(workload, planned)
    const [{ target, bundle }] = await Promise.all([
      startTogether({ request, targets, reaching, stop }),
      warnOfBusyMachine(look),
    ])
    const run = { folder, planned, bundle, k6, target, startedAt, networkEnv, division, cloud }
    const { maxMemory: maxMemoryBytes } = options
    const given = { outputs, webDashboard, maxMemoryBytes, stream, serverMetrics }
    const input = { ...run, ...given, stop, kill }
    return await loadAndJudge(input, { openNetwork, options })
  } finally {
    close()
  }
}

/** Makes the load and judges it; whatever happens, the target is left. */
async function loadAndJudge(
  input: ExecuteInput,
  { openNetwork, options }: { openNetwork: RegionNetworkOpener | undefined; options: RunOptions },
): Promise<ReportedRun> {
  const { folder, planned, division, stop } = input
  const { strict, keepRaw } = options
  let { target } = input
  try {
    if (openNetwork) target = await openNetwork(target, stop)
    const { timeScale } = planned.settings
    if (target.isSandbox) say(sandboxLine(target.targets.base ?? '', timeScale))
    // Loaded while k6 runs: the first request must not wait for what draws the last line.
    const [executed, { reportRun }] = await Promise.all([
      executeRun({ ...input, target }),
      import('../engines/local/report-run.ts'),
    ])
    const machine = division?.machine
    const objectives = machine ? segmentObjectives(planned.objectives, machine) : planned.objectives
    return await reportRun({
      ...{ folder, executed, strict, keepRaw },
      planned: { ...planned, objectives },
    })
  } finally {
    await target.close()
  }
}

/** Nobody has said what to load, nor how: the load is made to fit this machine, which serves it too. */
function isDemo(options: RunOptions): boolean {
  const { target, users, rate, model, poolUsers } = options
  const given = [users, rate, model, poolUsers, divisionOf(options)]
  return (
    target.length === 0 &&
    given.every((each) => each === undefined) &&
    !cloudOptionsOf(options).cloud
  )
}

// Code that most runs do not need is loaded only for those that do.
async function localExecutionOf(
  scenario: string,
  options: RunOptions,
): Promise<LocalExecution | undefined> {
  if (!cloudOptionsOf(options).cloud) return undefined
  const { requestOf } = await import('../engines/cloud/run-in-cloud.ts')
  const { localExecution } = await import('../engines/cloud/local-execution.ts')
  return localExecution(requestOf(scenario, options))
}

async function streamOf(
  { prometheus, prometheusTrendStats, out }: RunOptions,
  { id, plan }: { id: string; plan: RunPlan },
): Promise<PrometheusStream | undefined> {
  if (prometheus === undefined) {
    if (prometheusTrendStats) throw wrongUsage('--prometheus-trend-stats needs --prometheus')
    return undefined
  }
  const { openStream } = await import('../prometheus/stream.ts')
  return openStream({
    url: prometheus,
    native: !prometheusTrendStats,
    outputs: out,
    testid: id,
    plannedSeconds: plan.durationSeconds,
    env: process.env,
  })
}

function headline(scenario: string, plan: RunPlan, { seed }: RunSettings): string {
  const profile = plan.profile === undefined ? '' : ` --profile ${plan.profile}`
  const mix = plan.mix === undefined ? '' : ` --mix ${plan.mix}`
  const seconds = Math.round(plan.durationSeconds)
  const longest = plan.iterationsPerUser === undefined ? '' : 'at most '
  return `${scenario}${profile}${mix} on ${plan.workload}: ${describeLoad(plan)}, ${longest}${seconds} s, seed ${seed}`
}

function sandboxLine(url: string, timeScale: number): string {
  return (
    `no --target, so the sandbox is used: ${url}, at time scale ${timeScale} ` +
    '(durations shrink, the load does not)'
  )
}
