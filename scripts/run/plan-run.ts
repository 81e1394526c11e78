import type { RunPlan } from '../../lib/plan.ts'
import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import { projectPath } from '../project.ts'
import type { Catalogue } from '../sla/catalogue.ts'
import { compileObjectives } from '../sla/compile.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { onlyProofThresholds } from '../sla/only-proof.ts'
import { readSla } from '../sla/read-sla.ts'
import { NO_REFUSED_REDIRECT, toK6Thresholds } from '../sla/k6-thresholds.ts'
import { trendStats } from '../sla/trend-stats.ts'
import { bundleAllForNode, type BundleRequest } from './bundle.ts'
import { evaluateScenario, evaluateScript } from './evaluate.ts'
import type { EvaluatedScenario } from './evaluated-scenario.ts'
import { workloadLacks } from './errors.ts'
import { missingPart, scenarioFiles, type WorkloadFolder } from './scenario-files.ts'

export interface RunRequest {
  workload: WorkloadFolder
  settings: RunSettings
  /** Another SLA file than thresholds/<workload>.json. */
  slaPath?: string | undefined
  /** What the script finds in `__ENV`; left out where it runs elsewhere. */
  env?: NodeJS.ProcessEnv | undefined
}

/** All that is known before anything is started. */
export interface PlannedRun {
  /** The settings, thresholds included: what is baked into the bundle. */
  settings: RunSettings
  evaluated: EvaluatedScenario
  objectives: CompiledObjective[]
  slaPath: string
}

/**
 * Evaluates the scenario, reads the SLA file against what the scripts say of themselves, and
 * compiles it. Nothing is started.
 *
 * @throws ToolkitError for wrong numbers, a script that throws, or an SLA file with problems
 */
export async function planRun({
  workload,
  settings,
  slaPath,
  env,
}: RunRequest): Promise<PlannedRun> {
  const part = missingPart(settings.scenario, workload)
  if (part !== undefined) throw workloadLacks(settings.scenario, workload.name, part)
  const [evaluated] = await Promise.all([
    evaluateScenario({ workload, settings }, env),
    allOf(workload, env),
  ])
  const path = slaPath ?? slaOf(workload.name)
  const objectives = await objectivesOf({ evaluated, workload, settings, slaPath: path })
  const inCloud = settings.cloud?.execution === 'cloud'
  const proof = inCloud ? onlyProofThresholds(objectives, evaluated.plan) : {}
  const refusals = evaluated.plan.followsRedirects ? NO_REFUSED_REDIRECT : {}
  const thresholds = toK6Thresholds(objectives, { ...proof, ...refusals })
  const complete = { ...settings, thresholds, trendStats: trendStats(objectives) }
  return { settings: complete, evaluated, objectives, slaPath: path }
}

/** The SLA file of a workload, unless another one is named. */
export function slaOf(workload: string): string {
  return projectPath('thresholds', `${workload}.json`)
}

/** What of a script an SLA file needs. */
type NamedScenario = Pick<EvaluatedScenario, 'plan' | 'metrics'>

export interface ObjectivesInput {
  evaluated: NamedScenario
  /** Where it is known: the file may use the names of all its scenarios. */
  workload: WorkloadFolder | undefined
  settings: Pick<RunSettings, 'scenario' | 'demoOf'>
  slaPath: string
}

/**
 * What an SLA file judges in a run of that script.
 *
 * @throws ToolkitError for an SLA file with problems
 */
export async function objectivesOf(input: ObjectivesInput): Promise<CompiledObjective[]> {
  const { evaluated, workload, settings, slaPath } = input
  const known = catalogueOf(evaluated, workload ? await allOf(workload) : [])
  const { workload: name, scenarios, endpoints, operations, regions, metrics } = known
  const own = { workload: name, scenarios, endpoints, operations, regions, metrics }
  const sla = await readSla(slaPath, workload ? known : own)
  const { scenario, demoOf } = settings
  return compileObjectives(sla, { ...evaluated, scenario, demoOf })
}

/** What to bundle for a planned run. */
export function bundleRequest(workload: WorkloadFolder, planned: PlannedRun): BundleRequest {
  const { plan, scenarios, distribution } = planned.evaluated
  const built = { plan, scenarios, ...(distribution && { distribution }) }
  return { workload, settings: planned.settings, built }
}

// Every scenario with its own numbers, once for each workload: an SLA file may use all their names.
function allOf(workload: WorkloadFolder, env?: NodeJS.ProcessEnv): Promise<EvaluatedScenario[]> {
  const known = evaluated.get(workload.path) ?? evaluateAll(workload, env)
  evaluated.set(workload.path, known)
  return known
}

const evaluated = new Map<string, Promise<EvaluatedScenario[]>>()

async function evaluateAll(
  workload: WorkloadFolder,
  env: NodeJS.ProcessEnv | undefined,
): Promise<EvaluatedScenario[]> {
  const names = scenarioFiles()
    .map(({ name }) => name)
    .filter((name) => missingPart(name, workload) === undefined)
  const scripts = await bundleAllForNode(workload, names).catch(() => undefined)
  const all = await Promise.all(
    names.map(async (scenario) => {
      const script = scripts?.get(scenario)
      const settings = { ...DEFAULT_SETTINGS, scenario }
      try {
        if (script !== undefined) return evaluateScript(scenario, { script, env })
        return await evaluateScenario({ workload, settings }, env)
      } catch {
        // A scenario that does not work must not stop another one; its names are unknown then.
        return undefined
      }
    }),
  )
  return all.filter((each) => each !== undefined)
}

function catalogueOf(chosen: NamedScenario, others: NamedScenario[]): Catalogue {
  const all = [chosen, ...others]
  const named = (names: (plan: RunPlan) => string[]): string[] => [
    ...new Set(all.flatMap(({ plan }) => names(plan))),
  ]
  return {
    workload: chosen.plan.workload,
    scenarios: scenarioFiles().map(({ name }) => name),
    profiles: named(({ profiles }) => profiles),
    endpoints: named(({ endpoints }) => endpoints),
    operations: named(({ operations }) => operations),
    regions: named(({ regions }) => regions),
    phases: named(({ phases }) => phases.map(({ name }) => name)),
    metrics: Object.assign({}, ...all.map(({ metrics }) => metrics)) as Catalogue['metrics'],
  }
}
