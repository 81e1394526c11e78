import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { asksForCloud } from '../commands/cloud-options.ts'
import { asksForKubernetes } from '../commands/kubernetes-options.ts'
import { readRunScriptOptions } from '../commands/run-script-options.ts'
import type { RunOptions } from '../commands/run-options.ts'
import { settingsOf, timeScaleOf } from '../commands/settings-of.ts'
import { ToolkitError } from '../errors.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { commandText } from '../run/manifest.ts'
import { networkEnvironment } from '../run/network-environment.ts'
import { planRun } from '../run/plan-run.ts'
import { findWorkload } from '../run/scenario-files.ts'
import { baseTarget, parseTargets, requirePermission } from '../run/target.ts'
import { countedIterations } from '../script/counted-iterations.ts'
import { readyScript } from '../script/ready-script.ts'
import type { OwnOption } from '../script/script-arguments.ts'
import { scriptArguments } from '../script/script-arguments.ts'
import type { Problem } from '../sla/problem.ts'
import type { Suite, SuiteRun } from './suite-file.ts'

/** With what runs are planned. */
export interface PlanContext {
  k6: FoundK6
  stop: AbortSignal
  /** Of the command `run`. */
  scriptOptions: readonly OwnOption[]
}

/** How long each run of a suite takes, by its place in the file, or what keeps it from being started. */
export interface PlannedRuns {
  seconds: Map<string, number>
  problems: Problem[]
}

/** k6 reads so many scripts at a time. */
const AT_ONCE = 2

/**
 * Lets k6 read what every run is to run, as the run itself will: what would refuse it in an hour is known before the
 * first one begins.
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
  // Others have the k6 that reads it there.
  if (asksForKubernetes(run.options) || asksForCloud(run.options)) return undefined
  return run.script === undefined ? ofScenario(run, context) : ofScript(run, context)
}

async function ofScenario({ scenario = '', options }: SuiteRun, { k6, stop }: PlanContext) {
  const given = options as unknown as RunOptions
  const workload = findWorkload(given.workload)
  if (!workload) return undefined
  const settings = settingsOf(scenario, given, { id: 'suite', timeScale: timeScaleOf(given) })
  const { evaluated } = await planRun({
    ...{ workload, settings, slaPath: given.sla, env: process.env, signal: stop },
    networkEnv: { ...networkEnvironment(given), ...baseTarget(given.target) },
    k6: k6.path,
  })
  const { plan } = evaluated
  const targets = parseTargets(given.target, plan.regions)
  requirePermission(targets, { ...plan, confirmed: given.iOwnThisTarget })
  // Its plan says how long it may take at most.
  return plan.model === 'once' ? undefined : plan.durationSeconds
}

async function ofScript({ words }: SuiteRun, { k6, stop, scriptOptions }: PlanContext) {
  const parts = scriptArguments(words.slice(1), scriptOptions)
  const temporary = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  try {
    const options = { ...readRunScriptOptions(parts.own), cloud: false }
    const { planned } = await readyScript({ k6, parts, options, temporary, stop })
    const { plan } = planned.evaluated
    return countedIterations(plan) === undefined ? plan.durationSeconds : undefined
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}
