import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import type { Gauge } from './series-timeline.ts'
import { inBaseUnits } from './objective-series.ts'

/** So many earlier runs of the scenario are looked at: most of them are of another load. */
const RUNS_MAX = 20

export interface BaselineInput {
  /** Id of this run; ids begin with their time. */
  id: string
  scenario: string
  plan: RunPlan
  isSandbox: boolean
  /** Folder of all runs. */
  results: string
}

/** Upper ends of what the last run of the same load measured; none where there was no such run. */
export async function baselineGauges(input: BaselineInput): Promise<Gauge[]> {
  const { id, scenario, results } = input
  const names = await readdir(results).catch(() => [])
  const earlier = names.filter((name) => name.includes(`-${scenario}-`) && name < id).sort()
  for (const name of earlier.reverse().slice(0, RUNS_MAX)) {
    // An older format, or a folder without a verdict: the next one may do.
    const file = await readVerdict(join(results, name, 'verdict.json')).catch(() => undefined)
    if (file && isSameLoad(file, input)) return file.objectives.flatMap(upperGauge)
  }
  return []
}

function isSameLoad({ run, verdict }: VerdictFile, { plan, isSandbox }: BaselineInput): boolean {
  const load = ({ workload, model, target, phases }: RunPlan): string =>
    JSON.stringify([workload, model, target, phases])
  return verdict !== 'INVALID' && run.target.sandbox === isSandbox && load(run.plan) === load(plan)
}

function upperGauge({ id, measured, interval, unit }: ObjectiveResult): Gauge[] {
  const upper = interval?.high ?? measured
  if (upper === undefined) return []
  const { value, unit: name } = inBaseUnits(upper, unit)
  return [{ name: 'k6_verdict_baseline_upper', labels: { objective: id, unit: name }, value }]
}
