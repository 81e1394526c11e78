import type { RunPlan } from '../../lib/plan.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import { networkText } from '../run-folder/network.ts'
import type { ObjectiveResult } from '../verdict/rules/judge-objective.ts'
import { verdictText } from '../verdict/verdict.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import type { Figures } from './figures.ts'

/** An objective's number, without its windows and SQL. */
export type ObjectiveFigure = Pick<
  ObjectiveResult,
  'id' | 'indicator' | 'limit' | 'unit' | 'measured' | 'interval'
>

/** What is compared of a run, and what makes runs comparable: a baseline file. Plain JSON. */
export interface RunFigures {
  format: 1
  kind: 'baseline'
  id: string
  startedAt: string
  scenario: string
  workload: string
  seed: number
  timeScale: number
  plan: Pick<RunPlan, 'profile' | 'model' | 'target' | 'durationSeconds' | 'phases' | 'script'>
  isSandbox: boolean
  /** What lies between k6 and the target; missing in older baselines. */
  network?: string
  versions: Pick<Manifest['versions'], 'toolkit' | 'k6'>
  host: Pick<Manifest['host'], 'cpus' | 'cpuModel'>
  commit?: string
  /** As people read it: `PASS (close)`. */
  verdict: string
  objectives: ObjectiveFigure[]
  /** Set where the run sent nothing by HTTP: its endpoints are its operations. */
  traffic?: 'operations'
  /** Of the judged phases; empty where the samples are gone. */
  endpoints: Figures[]
}

/** The part of a run that is compared. */
export function runFigures(file: VerdictFile, endpoints: Figures[]): RunFigures {
  const { run, objectives } = file
  const { profile, model, target, durationSeconds, phases, script } = run.plan
  return {
    format: 1,
    kind: 'baseline',
    id: run.id,
    startedAt: run.startedAt,
    scenario: run.scenario,
    workload: run.workload,
    seed: run.settings.seed,
    timeScale: run.settings.timeScale,
    plan: {
      ...(profile !== undefined && { profile }),
      ...(script && { script }),
      ...{ model, target, durationSeconds, phases },
    },
    isSandbox: run.target.sandbox,
    network: networkText(run),
    versions: { toolkit: run.versions.toolkit, k6: run.versions.k6 },
    host: { cpus: run.host.cpus, cpuModel: run.host.cpuModel },
    ...(run.git && { commit: run.git.commit }),
    verdict: verdictText(file),
    objectives: objectives.flatMap(objectiveFigure),
    ...(file.traffic === 'operations' && { traffic: file.traffic }),
    endpoints,
  }
}

function objectiveFigure(row: ObjectiveResult): ObjectiveFigure[] {
  const { id, indicator, limit, unit, measured, interval, verdict } = row
  if (verdict === 'not in this run') return []
  // Too few samples are no number.
  const isKnown = measured !== undefined && verdict !== 'NO_DATA'
  const value = isKnown ? { measured, ...(interval && { interval }) } : {}
  return [{ id, indicator, limit, unit, ...value }]
}
