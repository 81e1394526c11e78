import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkRunOptions, settingsOf, timeScaleOf } from '../options/check-run-options.ts'
import { asksForCloud } from '../options/cloud-options.ts'
import { asksForKubernetes } from '../options/kubernetes-options.ts'
import { nameUsersFile, scenarioOfPlan } from '../plan-file/plan-command.ts'
import { readRunScriptOptions } from '../options/run-script-options.ts'
import type { RunOptions } from '../options/run-options.ts'
import { ToolkitError } from '../core/errors.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { commandText } from '../run-folder/manifest.ts'
import { readPlan } from '../plan-file/check-plan.ts'
import { networkEnvironment } from '../run-folder/network.ts'
import { planRun } from '../plan/plan-run.ts'
import { findWorkload, type WorkloadFolder } from '../plan/scenario-files.ts'
import { baseTarget } from '../plan/target.ts'
import { countedIterations } from '../plan/scenario-load.ts'
import { readyScript } from '../script/ready-script.ts'
import { type OwnOption, scriptArguments } from '../script/script-arguments.ts'
import { userPath } from '../script/typed-path.ts'
import { serverMetricsChoice } from '../server-metrics/start-server-metrics.ts'
import type { Problem } from '../sla/field-problem.ts'
import type { Suite, SuiteRun } from './suite-file.ts'

/** What planning a run needs. */
export interface PlanContext {
  k6: FoundK6
  stop: AbortSignal
  /** Of the command `run`. */
  scriptOptions: readonly OwnOption[]
}

/** How long each run of a suite takes, by its place in the file, and what keeps others from being started. */
export interface PlannedRuns {
  seconds: Map<string, number>
  problems: Problem[]
}

/** How many scripts k6 reads at a time. */
const AT_ONCE = 2

/**
 * Has k6 read every scenario, plan and script as the run itself will, so that what would fail in an hour fails before the
 * first run begins.
 */
export async function planRuns(suite: Suite, context: PlanContext): Promise<PlannedRuns> {
  const planned: PlannedRuns = { seconds: new Map(), problems: [] }
  const left = suite.phases.flatMap(({ runs }) => runs)
  const work = async (): Promise<void> => {
    for (let run = left.shift(); run && !context.stop.aborted; run = left.shift()) {
      try {
        const seconds = await secondsOf(run, context)
        if (seconds !== undefined) planned.seconds.set(run.path, seconds)
      } catch (error) {
        if (!(error instanceof ToolkitError)) throw error
        planned.problems.push(problemOf(run, error))
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return planned
}

function problemOf({ path, words }: SuiteRun, { code, message, hint }: ToolkitError): Problem {
  const lines = `${message}\n${hint}`.replaceAll('\n', '\n    ')
  return {
    path,
    expected: 'a run that can be started',
    found: commandText(words),
    hint: `${code}: ${lines}`,
  }
}

async function secondsOf(run: SuiteRun, context: PlanContext): Promise<number | undefined> {
  // Another k6 reads it, in the cluster or in the cloud.
  if (asksForKubernetes(run.options) || asksForCloud(run.options)) return undefined
  if (run.script !== undefined) return ofScript(run, context)
  return run.plan === undefined ? ofScenario(run, context) : ofPlan(run, run.plan, context)
}

async function ofScenario({ scenario = '', options }: SuiteRun, context: PlanContext) {
  const given = options as unknown as RunOptions
  const workload = findWorkload(given.workload)
  return workload && planned({ workload, scenario, options: given, env: process.env }, context)
}

async function ofPlan({ options }: SuiteRun, path: string, context: PlanContext) {
  const sound = await readPlan(userPath(path, process.env))
  const { workload, options: given } = await scenarioOfPlan(sound, options as unknown as RunOptions)
  const env = { ...process.env }
  const { usersFile } = sound.files
  if (usersFile !== undefined) nameUsersFile(usersFile, env)
  return planned({ workload, scenario: sound.plan.name, options: given, env }, context)
}

interface Asked {
  workload: WorkloadFolder
  scenario: string
  options: RunOptions
  env: NodeJS.ProcessEnv
}

async function planned(
  { workload, scenario, options, env }: Asked,
  { k6, stop }: PlanContext,
): Promise<number | undefined> {
  const timeScale = timeScaleOf(options)
  const run = await planRun({
    ...{ workload, slaPath: options.sla, env, signal: stop, k6: k6.path },
    settings: settingsOf(scenario, options, { id: 'suite', timeScale }),
    networkEnv: { ...networkEnvironment(options), ...baseTarget(options.target) },
  })
  await checkRunOptions(run, options)
  const { plan } = run.evaluated
  // Its plan has only an upper bound.
  return plan.model === 'once' ? undefined : plan.durationSeconds
}

async function ofScript({ words }: SuiteRun, { k6, stop, scriptOptions }: PlanContext) {
  const parts = scriptArguments(words.slice(1), scriptOptions)
  const temporary = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  try {
    const options = { ...readRunScriptOptions(parts.own), cloud: false }
    serverMetricsChoice(options)
    const ready = await readyScript({ k6, parts, options, temporary, stop })
    const { plan } = ready.planned.evaluated
    return countedIterations(plan) === undefined ? plan.durationSeconds : undefined
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
