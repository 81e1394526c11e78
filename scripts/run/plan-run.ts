import type { RunPlan } from '../../lib/plan.ts'
import { DEFAULT_SETTINGS, type RunSettings } from '../../lib/run-settings.ts'
import { projectPath } from '../project.ts'
import type { Catalogue } from '../sla/catalogue.ts'
import { compileObjectives } from '../sla/compile.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { readSla } from '../sla/read-sla.ts'
import { toK6Thresholds } from '../sla/k6-thresholds.ts'
import { trendStats } from '../sla/trend-stats.ts'
import { type EvaluatedScenario, evaluateScenario } from './evaluate.ts'
import { scenarioFiles, type WorkloadFolder } from './scenario-files.ts'

export interface RunRequest {
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
  objectives: CompiledObjective[]
  slaPath: string
}

/**
 * Evaluates the scenario, reads the SLA file against what the scripts say of themselves, and
 * compiles it. Nothing is started.
 *
 * @throws ToolkitError for wrong numbers, a script that throws, or an SLA file with problems
 */
export async function planRun({ workload, settings, slaPath }: RunRequest): Promise<PlannedRun> {
  const [evaluated, plans] = await Promise.all([
    evaluateScenario({ workload, settings }),
    plansOf(workload),
  ])
  const path = slaPath ?? projectPath('thresholds', `${workload.name}.json`)
  const sla = await readSla(path, catalogueOf(evaluated, plans))
  const { scenario } = settings
  const objectives = compileObjectives(sla, { plan: evaluated.plan, scenario })
  const thresholds = toK6Thresholds(objectives, evaluated.plan)
  const complete = { ...settings, thresholds, trendStats: trendStats(objectives) }
  return { settings: complete, evaluated, objectives, slaPath: path }
}

/** The plan of every scenario with its own numbers: their names are known to an SLA file, too. */
async function plansOf(workload: WorkloadFolder): Promise<RunPlan[]> {
  const all = await Promise.all(
    scenarioFiles().map(({ name: scenario }) =>
      // A scenario that does not work must not stop another one; its names are unknown then.
      evaluateScenario({
        workload,
        settings: { ...DEFAULT_SETTINGS, scenario },
      }).catch(() => undefined),
    ),
  )
  return all.flatMap((evaluated) => (evaluated ? [evaluated.plan] : []))
}

/** Names that an SLA file may use: those of every scenario, not only of the one that runs. */
function catalogueOf({ plan, metrics }: EvaluatedScenario, plans: RunPlan[]): Catalogue {
  return {
    workload: plan.workload,
    scenarios: scenarioFiles().map(({ name }) => name),
    profiles: distinct(plans.flatMap(({ profiles }) => profiles)),
    endpoints: plan.endpoints,
    operations: plan.operations,
    regions: distinct(plans.flatMap(({ regions }) => regions)),
    phases: distinct(plans.flatMap(({ phases }) => phases.map(({ name }) => name))),
    metrics,
  }
}

function distinct(names: string[]): string[] {
  return [...new Set(names)]
}
