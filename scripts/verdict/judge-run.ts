import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import type { SampleReport } from '../samples/convert.ts'
import type { SampleDatabase } from '../samples/sample-database.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { diagnose } from './diagnosis/diagnose.ts'
import type { Diagnosis } from './diagnosis/diagnosis.ts'
import { type EndpointRow, endpointRows } from './endpoint-table.ts'
import { foreignThresholds } from './foreign-thresholds.ts'
import type { GeneratorSample } from '../run/generator-sample.ts'
import { type GeneratorHealth, judgeGenerator } from './generator-health.ts'
import { judge, type RunVerdict } from './judge.ts'
import { judgeObjective, type ObjectiveResult } from './judge-objective.ts'
import { createJudgedTables, judgedTablesSql } from './judged-tables.ts'
import { type LoadDelivery, loadDelivered } from './load-delivered.ts'
import type { Summary } from './read-summary.ts'
import { runFacts } from './run-facts.ts'
import type { StopReason } from './stop-rule.ts'
import { type RunSeries, runSeries } from './run-series.ts'
import { sampleFaults } from './sample-faults.ts'
import { judgedPhases } from '../sla/judged-span.ts'
import { spansOf, type TimedPhase, timelineOf } from './timeline.ts'

/** Everything that a verdict is made from. */
export interface JudgeRunInput {
  database: SampleDatabase
  /** Folder that `samplesFile` is in; the SQL of the verdict is relative to it. */
  folder: string
  /** Name of the sample file in the folder. */
  samplesFile: string
  report: SampleReport
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  seed: number
  /** Start of the load; undefined when k6 never said it. */
  startMs: number | undefined
  /** Start and end of the k6 process. */
  processMs: { start: number; end: number }
  summary: Summary | undefined
  /** Errors of k6's log. */
  errors: readonly string[]
  generator: readonly GeneratorSample[]
  /** Usable by k6. */
  cpus: number
  memoryBytes: number
  stoppedByUser: boolean
  stoppedBy?: StopReason | undefined
}

/** All that is known of an ended run; plain JSON. */
export interface JudgedRun extends RunVerdict {
  /** Why the run ended before its time. */
  stoppedBy?: StopReason
  delivery: LoadDelivery
  endpoints: EndpointRow[]
  generator: GeneratorHealth
  samples: SampleReport
  series: RunSeries
  /** What commonly explains such a run, warnings first. */
  diagnosis: Diagnosis[]
  /** Makes the tables that the SQL of the objectives reads. */
  tables: { requests: string; samples: string }
}

/** Judges a run from its sample file. */
export async function judgeRun(input: JudgeRunInput): Promise<JudgedRun> {
  const { database, folder, samplesFile, report, plan, processMs, summary, errors } = input
  const startMs = input.startMs ?? processMs.start
  const timeline = timelineOf(plan.phases, startMs)
  const parquet = join(folder, samplesFile)
  const facts = await runFacts(database, {
    parquet,
    startUs: startMs * 1_000,
    processUs: { startUs: processMs.start * 1_000, endUs: processMs.end * 1_000 },
  })
  const delivery = loadDelivered({ facts, plan, stoppedByUser: input.stoppedByUser })
  const tablesOf = (path: string) => judgedTablesSql(path, report.columns, timeline)
  await createJudgedTables(database, tablesOf(parquet))
  const isWhole = delivery.end === 'complete'
  const { columns, renamedTags } = report
  const gates = input.objectives.filter(({ isGate }) => isGate)
  const { seed } = input
  const context = { database, plan, timeline, columns, renamedTags, seed, gates, isWhole }
  const objectives: ObjectiveResult[] = []
  for (const each of input.objectives) objectives.push(await judgeObjective(each, context))

  const generator = generatorOf(input, timeline)
  const verdict = judge(objectives, {
    delivery,
    sampleFaults: sampleFaults({ report, facts, summary, errors }),
    generatorFaults: generator.faults,
    foreignThresholds: summary ? foreignThresholds(input.objectives, summary) : [],
    stoppedBy: input.stoppedBy,
  })
  const seconds = delivery.elapsedSeconds
  const endpoints = await endpointRows(database, plan.endpoints, seconds)
  const series = await runSeries(database, { startMs, seconds, columns })
  const { usersReady } = facts
  const seen = { plan, timeline, objectives: input.objectives, results: objectives }
  const known = { ...seen, endpoints, series, generator, usersReady }
  return {
    ...verdict,
    ...(input.stoppedBy && { stoppedBy: input.stoppedBy }),
    delivery,
    endpoints,
    series,
    diagnosis: await diagnose({ database, columns, ...known }),
    generator,
    samples: report,
    tables: tablesOf(samplesFile),
  }
}

function generatorOf(
  { generator: samples, cpus, memoryBytes, processMs }: JudgeRunInput,
  timeline: readonly TimedPhase[],
): GeneratorHealth {
  const spans = spansOf(timeline, judgedPhases(undefined, timeline))
  const toMs = (spans.at(-1)?.endUs ?? Infinity) / 1_000
  return judgeGenerator({
    samples,
    cpus,
    memoryLimitBytes: memoryBytes,
    fromMs: (spans[0]?.startUs ?? processMs.start * 1_000) / 1_000,
    toMs: Math.min(toMs, processMs.end),
  })
}
