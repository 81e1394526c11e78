import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { usableMemoryBytes } from '../k6/usable-memory.ts'
import { say } from '../report/console.ts'
import type { ExecutedRun } from '../run/execute-run.ts'
import { usableCpus } from '../run/generator-cpus.ts'
import type { PlannedRun } from '../run/plan-run.ts'
import { type RunFolder, SAMPLES_FILE } from '../run/run-folder.ts'
import { convertSamples, removeRaw } from '../samples/convert.ts'
import { openDatabase, type SampleDatabase } from '../samples/sample-database.ts'
import { type JudgedRun, judgeRun } from './judge-run.ts'
import { readSummary } from './read-summary.ts'

export interface FolderInput {
  folder: RunFolder
  planned: PlannedRun
  executed: ExecutedRun
  /** Leave k6's CSV beside the sample file. */
  keepRaw: boolean
}

/**
 * Turns what k6 recorded into the sample file, and judges it.
 *
 * @returns undefined when nothing was recorded: k6 never got to run
 */
export async function judgeFolder(input: FolderInput): Promise<JudgedRun | undefined> {
  const { folder, planned, executed, keepRaw } = input
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const database = await openDatabase({ temporaryFolder })
  try {
    const { recorded: csv } = folder
    const table = await tableOf({ database, csv, folders: [folder.path, temporaryFolder] })
    if (!table) {
      say(`nothing was recorded in ${csv}`)
      return undefined
    }
    const { report } = table
    const judged = await judgeRun({
      database,
      folder: table.folder,
      samplesFile: SAMPLES_FILE,
      report,
      plan: planned.evaluated.plan,
      objectives: planned.objectives,
      seed: planned.settings.seed,
      startMs: executed.startMs,
      processMs: executed.processMs,
      summary: await readSummary(folder.summary).catch(() => undefined),
      errors: executed.errors,
      generator: executed.watched.generator,
      cpus: cpusOf(executed.manifest.k6Environment),
      memoryBytes: usableMemoryBytes(),
      stoppedByUser: executed.outcome.stoppedBy === 'user',
      stoppedBy: executed.watched.stoppedBy,
    })
    await removeRaw(csv, report, keepRaw || table.folder !== folder.path)
    return judged
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

// k6 says so too, but a k6 that is busy enough says nothing.
function cpusOf({ GOMAXPROCS }: Record<string, string>): number {
  const threads = Number(GOMAXPROCS)
  return Math.min(usableCpus(), threads > 0 ? threads : Infinity)
}

interface TableInput {
  database: SampleDatabase
  csv: string
  /** Tried one after the other. */
  folders: readonly string[]
}

// On a full disk there is no room for the sample file either, but the run can still be judged.
async function tableOf({ database, csv, folders }: TableInput) {
  const [folder = '', ...others] = folders
  try {
    const report = await convertSamples({ database, csv, parquet: join(folder, SAMPLES_FILE) })
    return report && { folder, report }
  } catch (error) {
    if (others.length === 0) throw error
    say(`${SAMPLES_FILE} could not be written to ${folder}, ${csv} is kept: ${firstLine(error)}`)
    return tableOf({ database, csv, folders: others })
  }
}

function firstLine(error: unknown): string {
  return String(error).split('\n', 1)[0] ?? ''
}
