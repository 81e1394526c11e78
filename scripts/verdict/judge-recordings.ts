import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { say } from '../report/console.ts'
import type { GeneratorSample } from '../run/generator-sample.ts'
import { SAMPLES_FILE } from '../run/run-folder.ts'
import { combineSamples, type EarlierTable } from '../samples/combine.ts'
import {
  convertSamples,
  type InstanceCsv,
  removeRaw,
  type SampleReport,
} from '../samples/convert.ts'
import { openDatabase, type SampleDatabase } from '../samples/sample-database.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import type { GeneratorHealth } from './generator-health.ts'
import type { InstanceGenerator } from './generators-health.ts'
import { type JudgedRun, judgeRun } from './judge-run.ts'
import type { LoadShare } from './load-delivered.ts'
import type { InstanceEvidence } from './sample-faults.ts'
import type { StopReason } from './stop-rule.ts'

/** What k6 recorded: one CSV, those of several instances, or sample files that runs have made of theirs. */
export type Recordings =
  { csv: string | readonly InstanceCsv[] } | { tables: readonly EarlierTable[] }

/** What is known of the machines that made the load. */
export type GeneratorEvidence =
  | {
      /** Of all k6 together, and of each where there were several. */
      samples: readonly GeneratorSample[]
      each?: readonly InstanceGenerator[]
      /** Usable by all of them. */
      cpus: number
      memoryBytes: number
    }
  /** Judged already, or not to be known: then its notes or faults say so. */
  | { health: GeneratorHealth }

export interface RecordingsInput {
  /** Gets `samples.parquet`. */
  folder: { path: string }
  recordings: Recordings
  /** One for each k6; without a name where there was one only. */
  instances: readonly InstanceEvidence[]
  plan: RunPlan
  objectives: readonly CompiledObjective[]
  seed: number
  /** Start of the load; undefined when k6 never said it. */
  startMs: number | undefined
  /** From the start of the first k6 to the end of the last one. */
  processMs: { start: number; end: number }
  generator: GeneratorEvidence
  /** Why the load of several k6 is not the planned one; each makes the run INVALID. */
  instanceFaults?: readonly string[]
  /** What nobody can know of the run; it is MARGINAL at best. */
  doubts?: readonly string[]
  share?: LoadShare | undefined
  stoppedByUser: boolean
  stoppedBy?: StopReason | undefined
  /** Leave k6's CSV beside the sample file. */
  keepRaw: boolean
}

/**
 * Turns what one or several k6 recorded into one sample file, and judges it: the verdict of several is
 * that of their samples together.
 *
 * @returns undefined when nothing was recorded: no k6 got to run
 */
export async function judgeRecordings(input: RecordingsInput): Promise<JudgedRun | undefined> {
  const { folder, recordings, instances, generator, keepRaw } = input
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const database = await openDatabase({ temporaryFolder })
  try {
    const folders = [folder.path, temporaryFolder]
    const table = await tableOf({ database, recordings, folders })
    if (!table) {
      say(`nothing was recorded in ${pathsOf(recordings).join(', ')}`)
      return undefined
    }
    const { report } = table
    const [only] = instances
    const hasNames = only?.name !== undefined
    const judged = await judgeRun({
      database,
      folder: table.folder,
      samplesFile: SAMPLES_FILE,
      report,
      plan: input.plan,
      objectives: input.objectives,
      seed: input.seed,
      startMs: input.startMs,
      processMs: input.processMs,
      summary: hasNames ? undefined : only?.summary,
      errors: instances.flatMap(({ errors }) => errors),
      ...(hasNames && { instances }),
      instanceFaults: input.instanceFaults,
      doubts: input.doubts,
      share: input.share,
      ...generatorInput(generator),
      stoppedByUser: input.stoppedByUser,
      stoppedBy: input.stoppedBy,
    })
    if ('csv' in recordings) {
      await removeRaw(pathsOf(recordings), report, keepRaw || table.folder !== folder.path)
    }
    return judged
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

function generatorInput(generator: GeneratorEvidence) {
  if ('health' in generator) {
    return { health: generator.health, generator: [], cpus: 0, memoryBytes: 0 }
  }
  const { samples, each, cpus, memoryBytes } = generator
  return { generator: samples, ...(each && { generators: each }), cpus, memoryBytes }
}

function pathsOf(recordings: Recordings): string[] {
  if ('tables' in recordings) return recordings.tables.map(({ parquet }) => parquet)
  const { csv } = recordings
  return typeof csv === 'string' ? [csv] : csv.map((each) => each.csv)
}

interface TableInput {
  database: SampleDatabase
  recordings: Recordings
  /** Tried one after the other. */
  folders: readonly string[]
}

interface Table {
  folder: string
  report: SampleReport
}

// On a full disk there is no room for the sample file either, but the run can still be judged.
async function tableOf(input: TableInput): Promise<Table | undefined> {
  const { database, recordings, folders } = input
  const [folder = '', ...others] = folders
  const parquet = join(folder, SAMPLES_FILE)
  try {
    const report =
      'tables' in recordings
        ? await combineSamples({ database, tables: recordings.tables, parquet })
        : await convertSamples({ database, csv: recordings.csv, parquet })
    return report && { folder, report }
  } catch (error) {
    if (others.length === 0) throw error
    const kept = pathsOf(recordings)
    const [first = ''] = kept
    const what = kept.length > 1 ? `${kept.length} recordings are kept` : `${first} is kept`
    say(`${SAMPLES_FILE} could not be written to ${folder}, ${what}: ${firstLine(error)}`)
    return tableOf({ database, recordings, folders: others })
  }
}

function firstLine(error: unknown): string {
  return String(error).split('\n', 1)[0] ?? ''
}
