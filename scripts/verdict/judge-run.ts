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
import { type InstanceGenerator, judgeGenerators } from './generators-health.ts'
import { judge, type RunVerdict } from './judge.ts'
import { judgeObjective, type ObjectiveResult } from './judge-objective.ts'
import { createJudgedTables, judgedTablesSql } from './judged-tables.ts'
import { type LoadDelivery, loadDelivered, type LoadShare } from './load-delivered.ts'
import type { Summary } from './read-summary.ts'
import { runFacts } from './run-facts.ts'
import type { StopReason } from './stop-rule.ts'
import { type RunSeries, runSeries } from './run-series.ts'
import { type InstanceEvidence, sampleFaults } from './sample-faults.ts'
import { judgedPhases } from '../sla/judged-span.ts'
import { spansOf, type TimedPhase, timelineOf } from './timeline.ts'
import type { VerdictSource } from './verdict-source.ts'

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
  /** What each k6 said, where the run had several; in place of the two above. */
  instances?: readonly InstanceEvidence[] | undefined
  /** Why the load of several k6 is not the planned one; one sentence part each. */
  instanceFaults?: readonly string[] | undefined
  /** The part of the load that this run is, where it is one of several. */
  share?: LoadShare | undefined
  generator: readonly GeneratorSample[]
  /** Each k6 by itself, where there were several; the samples above are those of all together. */
  generators?: readonly InstanceGenerator[] | undefined
  /** Instead of samples of the generator: what was made of them on each machine. */
  health?: GeneratorHealth | undefined
  /** What nobody can know of the run; it is MARGINAL at best. */
  doubts?: readonly string[] | undefined
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
  /** Set where the run was judged without its samples: what only those could tell is empty then. */
  source?: VerdictSource
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
    columns: report.columns,
    startUs: startMs * 1_000,
    processUs: { startUs: processMs.start * 1_000, endUs: processMs.end * 1_000 },
  })
  const { stoppedByUser, share } = input
  const delivery = loadDelivered({ facts, plan, stoppedByUser, ...(share && { share }) })
  const tablesOf = (path: string) => judgedTablesSql(path, report.columns, timeline)
  await createJudgedTables(database, tablesOf(parquet))
  const isWhole = delivery.end === 'complete'
  const { columns, renamedTags } = report
  const gates = input.objectives.filter(({ isGate }) => isGate)
  const { seed } = input
  const context = { database, plan, timeline, columns, renamedTags, seed, gates, isWhole }
  const objectives: ObjectiveResult[] = []
  for (const each of input.objectives) objectives.push(await judgeObjective(each, context))

  const generator = input.health ?? generatorOf(input, timeline)
  const instances = input.instances ?? [{ summary, errors }]
  const verdict = judge(objectives, {
    delivery,
    instanceFaults: input.instanceFaults ?? [],
    part: share?.text,
    sampleFaults: sampleFaults({ report, facts, instances }),
    generatorFaults: generator.faults.map(({ text }) => text),
    doubts: input.doubts,
    foreignThresholds: foreignThresholds(input.objectives, instances),
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
  { generator: samples, generators, cpus, memoryBytes, processMs }: JudgeRunInput,
  timeline: readonly TimedPhase[],
): GeneratorHealth {
  const spans = spansOf(timeline, judgedPhases(undefined, timeline))
  const toMs = (spans.at(-1)?.endUs ?? Infinity) / 1_000
  const all = {
    samples,
    cpus,
    memoryLimitBytes: memoryBytes,
    fromMs: (spans[0]?.startUs ?? processMs.start * 1_000) / 1_000,
    toMs: Math.min(toMs, processMs.end),
  }
  return generators ? judgeGenerators(all, generators) : judgeGenerator(all)
}
