import type { RunPlan } from '../../lib/plan.ts'
import type { Evaluation } from '../plan/evaluate.ts'
import { planIn } from '../plan/evaluated-scenario.ts'
import { objectivesOf, slaOf } from '../plan/plan-run.ts'
import { scenariosOf } from '../plan/scenarios-together.ts'
import type { WorkloadFolder } from '../plan/scenario-files.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { compileObjectives } from '../sla/compile.ts'
import { readSlaAlone } from '../sla/read-sla-alone.ts'
import { loadUnknown } from '../script/errors.ts'
import type { EvaluatedFile } from './evaluate-file.ts'
import { planOfOptions } from '../plan/plan-of-options.ts'

/** What a recording is held against. */
export interface Judging {
  plan: RunPlan
  objectives: CompiledObjective[]
}

export interface SlaInput {
  script: string
  /** @default that of the script's workload */
  sla: string | undefined
  workload: WorkloadFolder | undefined
  scenario: string
  evaluated: EvaluatedFile
  evaluation: Evaluation
}

/**
 * Reads the SLA file for a script. One of anybody's says neither its endpoints nor its workload: the samples and the
 * SLA file do, so what comes back waits for the endpoints that were seen.
 *
 * @throws ToolkitError for an SLA file with problems, or a load that the script does not say
 */
export async function slaFor(input: SlaInput): Promise<(endpoints: string[]) => Judging> {
  const { script, sla, scenario, workload, evaluated, evaluation } = input
  const { options, metrics } = evaluated
  const own = planIn(options)
  if (own) {
    const slaPath = sla ?? slaOf(own.workload)
    const others = workload && (await scenariosOf(workload, evaluation))
    const of = { evaluated: { ...evaluated, plan: own }, others, settings: { scenario } }
    const objectives = await objectivesOf({ ...of, slaPath })
    return () => ({ plan: own, objectives })
  }
  const file = await readSlaAlone(sla ?? slaOf(scenario))
  const planFor = (endpoints: string[]): RunPlan => {
    const plan = planOfOptions(options, { workload: file.workload, endpoints })
    if (!plan) throw loadUnknown(script)
    return plan
  }
  planFor([])
  return (endpoints) => {
    const plan = planFor(endpoints)
    return { plan, objectives: compileObjectives(file, { plan, scenario, metrics }) }
  }
}
