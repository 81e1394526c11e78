// Opens and judges recordings for the tests of this folder: real files and the real DuckDB.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { RunPlan } from '../../../lib/plan.ts'
import type { GeneratorSample } from '../../../scripts/generator/generator-sample.ts'
import { convertSamples, type SampleReport } from '../../../scripts/samples/convert.ts'
import {
  literal,
  openDatabase,
  type SampleDatabase,
} from '../../../scripts/samples/sample-database.ts'
import { compileAll, createPlan } from '../sla/example.ts'
import { type ExampleSample, recordingText, START_MS } from './example-recording.ts'
import {
  judgeObjective,
  type ObjectiveResult,
} from '../../../scripts/verdict/rules/judge-objective.ts'
import { type JudgedRun, judgeRun } from '../../../scripts/verdict/judge-run.ts'
import {
  createJudgedTables,
  judgedTablesSql,
} from '../../../scripts/verdict/facts/judged-tables.ts'
import { measure } from '../../../scripts/indicators/indicators.ts'
import type {
  MeasureContext,
  Measurement,
} from '../../../scripts/indicators/from-samples/measurement.ts'
import type { Summary } from '../../../scripts/verdict/facts/read-summary.ts'
import type { RecordedRun } from '../../../scripts/verdict/recorded-run.ts'
import type { InstanceEvidence } from '../../../scripts/verdict/facts/sample-faults.ts'
import { timelineOf } from '../../../scripts/indicators/timeline.ts'

const SAMPLES = 'samples.parquet'

export interface Opened {
  database: SampleDatabase
  /** Holds `samples.parquet`. */
  folder: string
  report: SampleReport
}

/** Writes a recording and turns it into the sample file. */
export async function openRecording(
  t: TestContext,
  recording: readonly ExampleSample[] | string,
  threads = 2,
): Promise<Opened> {
  // A path may hold anything.
  const folder = await mkdtemp(join(tmpdir(), "k6v's verdict, "))
  const database = await openDatabase({ temporaryFolder: folder, threads })
  t.after(async () => {
    database.close()
    await rm(folder, { recursive: true })
  })
  const csv = join(folder, 'samples.csv')
  await writeFile(csv, typeof recording === 'string' ? recording : recordingText(recording))
  const report = await convertSamples({ database, csv, parquet: join(folder, SAMPLES) })
  if (!report) throw new Error('Expected a recording with a header, got none')
  return { database, folder, report }
}

export interface Example {
  samples: readonly ExampleSample[]
  plan?: Partial<RunPlan>
  isWhole?: boolean
}

/** A recording with its judged tables, to measure objectives of. */
export async function openExample(
  t: TestContext,
  { samples, plan: changes = {}, isWhole = true }: Example,
): Promise<MeasureContext> {
  const { database, folder, report } = await openRecording(t, samples)
  const plan = createPlan(changes)
  const timeline = timelineOf(plan.phases, START_MS)
  const { columns, renamedTags } = report
  const tables = judgedTablesSql(join(folder, SAMPLES), columns, { timeline })
  await createJudgedTables(database, tables)
  return { database, plan, timeline, columns, renamedTags, gates: [], isWhole }
}

type Raw = Record<string, unknown>

/** What an objective, as it stands in an SLA file, measures. */
export function measureRaw(context: MeasureContext, raw: Raw): Promise<Measurement> {
  const [compiled] = compileAll([raw], context.plan)
  if (!compiled) throw new Error('Expected an objective, got none')
  return measure(compiled.objective, context)
}

/** How an objective is judged, one for each value of `each`. */
export async function judgeRaw(context: MeasureContext, raw: Raw): Promise<ObjectiveResult[]> {
  const results: ObjectiveResult[] = []
  for (const compiled of compileAll([raw], context.plan)) {
    const { objective, absence } = compiled
    const measurement = absence === undefined ? await measure(objective, context) : undefined
    results.push(judgeObjective(compiled, measurement, context))
  }
  return results
}

export interface ExampleJudging {
  recording: readonly ExampleSample[] | string
  objectives: Raw[]
  plan?: Partial<RunPlan>
  threads?: number
  /** Changes of what is known of the run; a sound generator and summary by default. */
  run?: Partial<RecordedRun>
  /** Changes of what its only k6 left. */
  k6?: Partial<InstanceEvidence>
}

/** Judges a whole run. */
export async function judgeExample(t: TestContext, example: ExampleJudging): Promise<JudgedRun> {
  return judgeOpened(await openRecording(t, example.recording, example.threads), example)
}

/** The same of a recording that is open already. */
export async function judgeOpened(
  { database, folder, report }: Opened,
  { objectives, plan: changes, run = {}, k6 = {} }: Omit<ExampleJudging, 'recording'>,
): Promise<JudgedRun> {
  // The requests of the examples go to one endpoint.
  const one = { endpoints: ['POST /v1/enhance'], operationShares: { enhance: 1 } }
  const plan = createPlan({ ...one, ...changes })
  const [requests] = await database.rows<{ n: number }>(
    `SELECT count(*) AS n FROM read_parquet(${literal(join(folder, SAMPLES))}) WHERE metric = 'http_reqs'`,
  )
  const recorded: RecordedRun = {
    folder: { path: folder },
    recordings: { csv: join(folder, 'samples.csv') },
    plan,
    objectives: compileAll(objectives, plan),
    startMs: START_MS,
    processMs: { start: START_MS - 1_000, end: START_MS + plan.durationSeconds * 1_000 + 2_000 },
    instances: [{ summary: createSummary(requests?.n ?? 0), errors: [], exitCode: 0, ...k6 }],
    generator: { samples: soundGenerator(plan.durationSeconds), cpus: 2, memoryBytes: 1e9 },
    stoppedByUser: false,
    keepRaw: true,
    ...run,
  }
  return judgeRun(recorded, { database, folder, name: SAMPLES, report })
}

/** k6's own summary, with its count of requests and thresholds that were missed. */
export function createSummary(requests: number, crossed: Record<string, string[]> = {}): Summary {
  const metrics = Object.entries(crossed).map(([name, all]) => [name, { values: {}, crossed: all }])
  return {
    metrics: {
      http_reqs: { values: { count: requests }, crossed: [] },
      ...(Object.fromEntries(metrics) as Summary['metrics']),
    },
  }
}

/** A generator that had CPU and memory to spare in every second. */
export function soundGenerator(seconds: number): GeneratorSample[] {
  return Array.from({ length: Math.ceil(seconds) }, (_, second) => ({
    atMs: START_MS + (second + 1) * 1_000,
    elapsedMs: (second + 1) * 1_000,
    spanMs: 1_000,
    k6CpuCores: 0.2,
    k6MemoryBytes: 1e8,
    busyCpuCores: 0.3,
    idleCpuCores: 1.7,
    stealCpuCores: 0,
    ownCpuCores: 0.1,
    othersCpuCores: 0,
  }))
}
