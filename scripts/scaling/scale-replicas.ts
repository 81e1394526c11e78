import { mkdir } from 'node:fs/promises'
import { relative } from 'node:path'
import { unknownWorkload } from '../core/usage-errors.ts'
import { settingsOf } from '../options/check-run-options.ts'
import { measureSide } from '../pairs/measure-side.ts'
import { versionsOf } from '../pairs/pairs-file.ts'
import { formatError, ToolkitError } from '../core/errors.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { say } from '../core/console.ts'
import { bundleScenario } from '../plan/bundle.ts'
import { requireDiskSpace } from '../plan/disk-space.ts'
import { type Interrupts, listenForInterrupts } from '../core/interrupts.ts'
import { networkEnvironment } from '../run-folder/network.ts'
import { bundleRequest, type PlannedRun, planRun } from '../plan/plan-run.ts'
import { readyK6 } from '../k6/k6-context.ts'
import { newRunId, requireResultsFolder, runFolder } from '../run-folder/run-folder.ts'
import { findWorkload, type WorkloadFolder, workloadFolders } from '../plan/scenario-files.ts'
import { scriptEnvironment } from '../plan/users-file.ts'
import { parseTargets, requirePermission, type Targets } from '../plan/target.ts'
import { EXIT_STOPPED } from '../verdict/exit-code.ts'
import { describeSteps, judgeScaling, type MeasuredStep, scalingExitCode } from './judge-scaling.ts'
import { readThroughput } from './read-throughput.ts'
import { commandScaler, type CommandScalerInput, sandboxScaler, type Scaler } from './scaler.ts'
import { type ScalingFile, writeScaling } from './scaling-file.ts'
import type { ScalingOptions } from './scaling-options.ts'
import { scalingReport, stepLine } from './scaling-report.ts'

const SCENARIO = 'saturation'

/** Default users for each replica: enough for one that serves eight requests at once. */
const USERS_EACH = 16

/** What all steps share. */
interface Scaling {
  id: string
  options: ScalingOptions
  workload: WorkloadFolder
  k6: FoundK6
  env: Awaited<ReturnType<typeof scriptEnvironment>>
  interrupts: Interrupts
  scaler: Scaler
}

/** Runs a saturating load against each number of replicas, and reports how throughput grows with them. */
export async function scaleReplicas(options: ScalingOptions): Promise<number> {
  const workload = findWorkload(options.workload)
  if (!workload) throw unknownWorkload(options.workload, workloadFolders())
  const startedAt = new Date()
  const id = `scaling-${newRunId(workload.name, startedAt)}`
  const env = await scriptEnvironment(process.env)
  const interrupts = listenForInterrupts()
  const { stop } = interrupts
  try {
    const k6 = await readyK6(stop)
    const targets = parseTargets(options.target, [])
    const { path: folder } = runFolder(id, process.env)
    const scaler = scalerOf(options, { workload, targets, stop, folder })
    const scaling: Scaling = { id, options, workload, k6, env, interrupts, scaler }
    await announce(scaling, targets)
    const measured = await measureAll(scaling)
    const { steps, failure } = measured
    if (failure !== undefined && steps.length === 0) throw failure
    const file = fileOf(scaling, { ...measured, startedAt })
    await writeScaling(folder, file)
    say(scalingReport(file, relative(process.cwd(), folder) || '.'))
    if (failure !== undefined) throw failure
    return file.exitCode
  } finally {
    interrupts.close()
  }
}

function scalerOf(
  { scaleCommand, scaleBack, ...options }: ScalingOptions,
  {
    workload,
    ...run
  }: { workload: WorkloadFolder } & Pick<CommandScalerInput, 'targets' | 'stop' | 'folder'>,
): Scaler {
  if (scaleCommand === undefined || scaleBack === undefined) {
    return sandboxScaler(workload.name, process.env)
  }
  return commandScaler({ ...options, ...run, scaleCommand, scaleBack })
}

/** Checks everything before anything is scaled. */
async function announce(scaling: Scaling, targets: Targets): Promise<void> {
  const { id, options, workload } = scaling
  const most = options.replicas.at(-1) ?? 1
  const { plan } = (await planStep(scaling, most)).evaluated
  requirePermission(targets, { ...plan, confirmed: options.iOwnThisTarget })
  const { path } = runFolder(id, process.env)
  await requireResultsFolder(path)
  await requireDiskSpace(plan, path)
  await mkdir(path)
  const runs = describeSteps(options.replicas.length, plan.durationSeconds)
  say(`scaling ${workload.name} to ${options.replicas.join(', ')} replicas: ${runs}`)
  if (options.scaleBack !== undefined)
    say(`at the end replicas are set back to ${options.scaleBack}`)
}

interface Measured {
  steps: MeasuredStep[]
  /** Why it ended before the last step, or is not as it was; missing where the user stopped it. */
  failure?: Error
}

/** Measures step after step until one fails or the user stops it, and sets the replicas back whatever happens. */
async function measureAll(scaling: Scaling): Promise<Measured> {
  const { options, interrupts, scaler } = scaling
  const steps: MeasuredStep[] = []
  let failure: Error | undefined
  try {
    for (const replicas of options.replicas) {
      const step = interrupts.stop.aborted ? undefined : await measureStep(scaling, replicas)
      if (!step) break
      steps.push(step)
      const judged = judgeScaling(steps, undefined).steps.at(-1)
      if (judged) say(stepLine(judged))
    }
  } catch (error) {
    // What is under way when the user stops it may end with an error.
    if (!interrupts.stop.aborted || steps.length === 0) failure = error as Error
  }
  try {
    await scaler.end()
  } catch (error) {
    if (failure !== undefined) say(formatError(failure))
    failure = error as Error
  }
  return { steps, ...(failure !== undefined && { failure }) }
}

function firstLine({ message }: Error): string {
  return message.split('\n', 1)[0] ?? ''
}

async function measureStep(scaling: Scaling, replicas: number): Promise<MeasuredStep | undefined> {
  const { id, options, k6, interrupts, scaler, workload } = scaling
  const planned = await planStep(scaling, replicas)
  const targets = await scaler.scaleTo(replicas)
  if (!targets || interrupts.stop.aborted) return undefined
  const run = `replicas-${String(replicas).padStart(2, '0')}`
  const shared = {
    ...{ id, planned, k6, interrupts, keepRaw: options.keepRaw, outputs: options.out },
    bundle: await bundleScenario(bundleRequest(workload, planned)),
    networkEnv: networkEnvironment(options),
    readyTimeoutSeconds: options.readyTimeout,
    percentiles: [],
  }
  const result = await measureSide(shared, run, targets)
  if (!result) return undefined
  const throughput = await readThroughput(runFolder(`${id}/${run}`, process.env))
  const faults = [...result.generatorFaults, ...result.loadFaults]
  return { replicas, run, users: planned.evaluated.plan.target, throughput, faults }
}

/** Objectives are for the usual load; here only throughput counts. */
async function planStep(scaling: Scaling, replicas: number): Promise<PlannedRun> {
  const { id, options, workload, env, k6, interrupts } = scaling
  const most = options.replicas.at(-1) ?? replicas
  const atMost = options.users ?? USERS_EACH * most
  const users = Math.max(2, Math.round((atMost * replicas) / most))
  const timeScale = options.timeScale ?? 1
  const settings = settingsOf(SCENARIO, { ...options, users }, { id, timeScale })
  const planned = await planRun({
    ...{ workload, settings, env, k6: k6.path, signal: interrupts.stop },
    slaPath: options.sla,
    networkEnv: networkEnvironment(options),
  })
  return { ...planned, objectives: [], settings: { ...planned.settings, thresholds: {} } }
}

function fileOf(
  { id, options, workload, k6, interrupts }: Scaling,
  { steps, failure, startedAt }: Measured & { startedAt: Date },
): ScalingFile {
  const { efficiency, mix, seed, replicas: planned } = options
  const missing = planned.slice(steps.length).map((replicas, index) => {
    if (!failure) return { replicas, why: 'you stopped it' }
    return { replicas, why: index === 0 ? firstLine(failure) : 'an earlier step failed' }
  })
  const judged = judgeScaling(steps, efficiency, missing)
  return {
    ...{ format: 1, kind: 'scaling', id, workload: workload.name, ...judged },
    ...(mix !== undefined && { mix }),
    isSandbox: options.scaleCommand === undefined,
    ...(efficiency !== undefined && { efficiency }),
    replicasPlanned: options.replicas,
    seed,
    versions: versionsOf(k6.version),
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    exitCode:
      exitCodeOf(failure) ?? (interrupts.stop.aborted ? EXIT_STOPPED : scalingExitCode(judged)),
  }
}

function exitCodeOf(failure: Error | undefined): number | undefined {
  if (!failure) return undefined
  return failure instanceof ToolkitError ? failure.exitCode : 1
}
