import { basename, extname } from 'node:path'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import type { RunPlan } from '../../lib/plan.ts'
import { planOfOptions } from '../plan/plan-of-options.ts'
import type { EvaluatedScenario } from '../plan/evaluated-scenario.ts'
import type { PlannedRun } from '../plan/plan-run.ts'
import { compileObjectives } from '../sla/compile.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { readSlaAlone } from '../sla/read-sla-alone.ts'
import type { Sla } from '../sla/sla-file.ts'
import { loadUnknown } from './errors.ts'
import type { GivenFlag } from './k6-flags.ts'
import { type AnyScenario, type RawOptions, scenariosOf, setOptions } from '../plan/k6-options.ts'
import { segmented } from './segmented.ts'
import { STANDARD_INPUT } from './typed-path.ts'
import { type MetricTypes, thresholdObjectives } from './threshold-objectives.ts'

/** What a script is going to do, and what it is held against. */
export interface PlannedScript extends PlannedRun {
  /** Its thresholds, and the objectives of an SLA file, once it is known what was called. */
  objectivesFor: (endpoints: string[], types: MetricTypes) => CompiledObjective[]
  /** As k6 has put them together, and divided them. */
  scenarios: Record<string, AnyScenario>
}

export interface PlanInput {
  /** As typed. */
  script: string
  options: RawOptions
  flags: readonly GivenFlag[]
  env: NodeJS.ProcessEnv
  /** Its whole path. */
  sla: string | undefined
}

/**
 * The plan of a script of the user's own, from the options as k6 has put them together.
 *
 * @throws ToolkitError for an SLA file with problems
 */
export async function planScript(input: PlanInput): Promise<PlannedScript> {
  const { script, sla: slaPath } = input
  const options = setOptions(input.options)
  const { scenario, workload } = namesOf(script)
  const scenarios = segmented(scenariosOf(options), input.options.executionSegment)
  const plan = planOfOptions({ scenarios: scenarios as never }, { workload, endpoints: [] })
  if (!plan) throw loadUnknown(script)
  const sla = slaPath === undefined ? undefined : await readSlaAlone(slaPath)
  const thresholds = areThresholdsOff(input.flags, input.env) ? {} : options.thresholds
  const objectivesFor: PlannedScript['objectivesFor'] = (endpoints, types) => [
    ...thresholdObjectives(thresholds, types),
    ...compiled(sla, { ...plan, endpoints }, scenario),
  ]
  return {
    settings: { ...DEFAULT_SETTINGS, scenario },
    evaluated: { plan, scenarios: asK6(scenarios), options, metrics: {} },
    objectives: objectivesFor([], {}),
    objectivesFor,
    scenarios,
    slaPath: slaPath ?? '',
  }
}

function asK6(scenarios: Record<string, AnyScenario>): EvaluatedScenario['scenarios'] {
  return scenarios as unknown as EvaluatedScenario['scenarios']
}

function compiled(sla: Sla | undefined, plan: RunPlan, scenario: string): CompiledObjective[] {
  if (!sla) return []
  return compileObjectives(sla, { plan, scenario, metrics: {} })
}

/** `checkout` of `checkout.js`, as a folder of a run may be called. */
export function namesOf(script: string): { scenario: string; workload: string } {
  const file = script === STANDARD_INPUT ? 'stdin' : basename(script)
  const clean = (name: string): string =>
    name.replaceAll(/[^\p{L}\p{N}_.:@+-]+/gu, '-').replace(/^[^\p{L}\p{N}_]+/u, '') || 'script'
  return { scenario: clean(basename(file, extname(file))), workload: clean(file) }
}

/** Whether the user has turned thresholds off. */
export function areThresholdsOff(flags: readonly GivenFlag[], env: NodeJS.ProcessEnv): boolean {
  const given = flags.filter(({ name }) => name === 'no-thresholds').at(-1)
  if (given) return given.value !== 'false'
  return env['K6_NO_THRESHOLDS'] === 'true'
}
