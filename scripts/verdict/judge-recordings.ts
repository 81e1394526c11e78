import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { say } from '../core/console.ts'
import { reportedResources, type RunResources } from '../resources/reported-resources.ts'
import { SAMPLES_FILE } from '../run-folder/run-folder.ts'
import { readServerMetrics } from '../server-metrics/server-file.ts'
import { combineSamples } from '../samples/combine.ts'
import { convertSamples, removeRaw, type SampleReport, tableFacts } from '../samples/convert.ts'
import { EMPTY } from '../samples/file-report.ts'
import { INSTANCE_COLUMN } from '../samples/sample-table.ts'
import { openDatabase, type SampleDatabase } from '../samples/sample-database.ts'
import { type JudgedRun, judgeRun, type SampleFile } from './judge-run.ts'
import { judgeWithoutSamples } from './judge-without-samples.ts'
import type { KeptTable, RecordedRun, Recordings } from './recorded-run.ts'

/**
 * Turns what one or several k6 recorded into one sample file, and judges it: the verdict of several is
 * that of their samples together.
 */
export async function judgeRecordings(run: RecordedRun): Promise<JudgedRun> {
  const { folder, recordings, keepRaw } = run
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const database = await openDatabase({
    temporaryFolder,
    folders: [folder.path],
    files: pathsOf(recordings),
  })
  try {
    const folders = [folder.path, temporaryFolder]
    const file =
      'kept' in recordings
        ? await keptFile(database, run, recordings.kept)
        : await sampleFile({ database, recordings, folders })
    if (!file) return judgeWithoutSamples(run)
    const server = await readServerMetrics(folder.path)
    const judged = await judgeRun({ ...run, server }, file)
    if ('csv' in recordings) {
      await removeRaw(pathsOf(recordings), file.report, keepRaw || file.folder !== folder.path)
    }
    const resources = await resourcesIn(folder.path)
    return { ...judged, ...(resources && { resources }) }
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

// No verdict depends on them: a file that is broken is said, and left out.
function resourcesIn(folder: string): Promise<RunResources | undefined> {
  return reportedResources(folder).catch((error: unknown) => {
    say(firstLine(error))
    return undefined
  })
}

// Of a file that was made before its run could be judged, only the file itself tells.
async function keptFile(
  database: SampleDatabase,
  { instances }: RecordedRun,
  { parquet, report }: KeptTable,
): Promise<SampleFile> {
  const place = { database, folder: dirname(parquet), name: basename(parquet) }
  if (report) return { ...place, report }
  const facts = await tableFacts(database, parquet)
  const found: SampleReport = { ...EMPTY, ...facts, renamedTags: {} }
  if (!facts.columns.includes(INSTANCE_COLUMN)) return { ...place, report: found }
  const of = instances.flatMap(({ name }) =>
    name === undefined ? [] : { ...EMPTY, instance: name },
  )
  return { ...place, report: { ...found, instances: of } }
}

type MadeAnew = Exclude<Recordings, { kept: KeptTable }>

function pathsOf(recordings: Recordings): string[] {
  if ('kept' in recordings) return [recordings.kept.parquet]
  if ('tables' in recordings) return recordings.tables.map(({ parquet }) => parquet)
  const { csv } = recordings
  return typeof csv === 'string' ? [csv] : csv.map((each) => each.csv)
}

interface FileInput {
  database: SampleDatabase
  recordings: MadeAnew
  /** Tried one after the other. */
  folders: readonly string[]
}

// On a full disk there is no room for the sample file either, but the run can still be judged.
async function sampleFile(input: FileInput): Promise<SampleFile | undefined> {
  const { database, recordings, folders } = input
  const [folder = '', ...others] = folders
  const parquet = join(folder, SAMPLES_FILE)
  try {
    const report =
      'tables' in recordings
        ? await combineSamples({ database, tables: recordings.tables, parquet })
        : await convertSamples({ database, csv: recordings.csv, parquet })
    return report && { database, folder, name: SAMPLES_FILE, report }
  } catch (error) {
    if (others.length === 0) throw error
    const kept = pathsOf(recordings)
    const [first = ''] = kept
    const what = kept.length > 1 ? `${kept.length} recordings are kept` : `${first} is kept`
    say(`${SAMPLES_FILE} could not be written to ${folder}, ${what}: ${firstLine(error)}`)
    return sampleFile({ database, recordings, folders: others })
  }
}

function firstLine(error: unknown): string {
  return String(error).split('\n', 1)[0] ?? ''
}
