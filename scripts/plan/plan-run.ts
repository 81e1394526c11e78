import type { RunPlan } from '../../lib/plan.ts'
import type { RunSettings } from '../../lib/run-settings.ts'
import { projectPath } from '../core/project.ts'
import { type Catalogue, readSla } from '../sla/read-sla.ts'
import { compileObjectives } from '../sla/compile.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import {
  NO_REFUSED_REDIRECT,
  onlyProofThresholds,
  toK6Thresholds,
  trendStats,
} from '../sla/k6-thresholds.ts'
import { type BundleRequest, scriptFiles, type ScriptFiles } from './bundle.ts'
import { evaluateScenario, type Evaluation } from './evaluate.ts'
import type { EvaluatedScenario } from './evaluated-scenario.ts'
import { workloadLacks } from './errors.ts'
import {
  hasOtherScenarios,
  missingPart,
  scenarioFiles,
  type WorkloadFolder,
} from './scenario-files.ts'
import { type NamedScenario, scenariosOf } from './scenarios-together.ts'

export interface RunRequest extends Evaluation {
  workload: WorkloadFolder
  settings: RunSettings
  /** Another SLA file than thresholds/<workload>.json. */
  slaPath?: string | undefined
}

/** All that is known before anything is started. */
export interface PlannedRun {
  /** The settings, thresholds included: what is baked into the bundle. */
  settings: RunSettings
  evaluated: EvaluatedScenario
  /** What the script opens. */
  files?: ScriptFiles | undefined
  objectives: CompiledObjective[]
  slaPath: string
}

/**
 * Has k6 read the scenario, reads the SLA file against what the scripts say of themselves, and compiles it. No
 * load is started.
 *
 * @throws ToolkitError for wrong numbers, a script that throws, or an SLA file with problems
 */
export async function planRun(request: RunRequest): Promise<PlannedRun> {
  const { workload, settings, slaPath } = request
  const { name } = workload
  const part = missingPart(settings.scenario, workload)
  if (part !== undefined)
    throw workloadLacks(settings.scenario, workload.name, {
      part,
      owner: ownerOf(settings.scenario),
    })
  const [evaluated, others] = await Promise.all([
    evaluateScenario({ workload, settings }, request),
    hasOtherScenarios(workload) ? scenariosOf({ name, path: workload.path }, request) : [],
  ])
  const path = slaPath ?? slaOf(workload.name)
  const objectives = await objectivesOf({ evaluated, others, settings, slaPath: path })
  const inCloud = settings.cloud?.execution === 'cloud'
  const proof = inCloud ? onlyProofThresholds(objectives, evaluated.plan) : {}
  const refusals = evaluated.plan.followsRedirects ? NO_REFUSED_REDIRECT : {}
  const thresholds = toK6Thresholds(objectives, { ...proof, ...refusals })
  const complete = { ...settings, thresholds, trendStats: trendStats(objectives) }
  const files = scriptFiles(evaluated.files ?? [], workload)
  return { settings: complete, evaluated, files, objectives, slaPath: path }
}

function ownerOf(scenario: string): string | undefined {
  return scenarioFiles().find(({ name }) => name === scenario)?.workload
}

/** The SLA file of a workload, unless another one is named. */
export function slaOf(workload: string): string {
  return projectPath('thresholds', `${workload}.json`)
}

export interface ObjectivesInput {
  evaluated: NamedScenario
  /** The other scenarios of its workload, where they are known: the file may use the names of all. */
  others: readonly NamedScenario[] | undefined
  settings: Pick<RunSettings, 'scenario' | 'demoOf'>
  slaPath: string
}

/**
 * What an SLA file judges in a run of that script.
 *
 * @throws ToolkitError for an SLA file with problems
 */
export async function objectivesOf(input: ObjectivesInput): Promise<CompiledObjective[]> {
  const { evaluated, others, settings, slaPath } = input
  const known = catalogueOf(input)
  const { workload: name, scenarios, endpoints, operations, regions, metrics } = known
  const own = { workload: name, scenarios, endpoints, operations, regions, metrics }
  const sla = await readSla(slaPath, others ? known : own)
  const { scenario, demoOf } = settings
  return compileObjectives(sla, { ...evaluated, scenario, demoOf })
}

/** What to bundle for a planned run. */
export function bundleRequest(workload: WorkloadFolder, planned: PlannedRun): BundleRequest {
  return { workload, settings: planned.settings, files: planned.files }
}

function catalogueOf({ evaluated: chosen, others = [], settings }: ObjectivesInput): Catalogue {
  const all = [chosen, ...others]
  const { scenario } = settings
  const named = (names: (plan: RunPlan) => string[]): string[] => [
    ...new Set(all.flatMap(({ plan }) => names(plan))),
  ]
  return {
    workload: chosen.plan.workload,
    scenarios: [...new Set([...scenarioFiles().map(({ name }) => name), scenario])],
    profiles: named(({ profiles }) => profiles),
    endpoints: named(({ endpoints }) => endpoints),
    operations: named(({ operations }) => operations),
    regions: named(({ regions }) => regions),
    phases: named(({ phases }) => phases.map(({ name }) => name)),
    metrics: Object.assign({}, ...all.map(({ metrics }) => metrics)) as Catalogue['metrics'],
  }
}
