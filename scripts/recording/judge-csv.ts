import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join } from 'node:path'
import type { RunPlan } from '../../lib/plan.ts'
import { DEFAULT_SETTINGS } from '../../lib/run-settings.ts'
import { writeObjectives } from '../sla/objectives-file.ts'
import { toolkitVersion } from '../core/project.ts'
import { progress } from '../core/console.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import { absolutePhases, type Manifest, shellCommand } from '../run-folder/manifest.ts'
import {
  newRunId,
  requireResultsFolder,
  type RunFolder,
  runFolder,
} from '../run-folder/run-folder.ts'
import type { Evaluation } from '../plan/evaluate.ts'
import type { WorkloadFolder } from '../plan/scenario-files.ts'
import { convertSamples, type SampleReport } from '../samples/convert.ts'
import { openDatabase, pathLiteral, type SampleDatabase } from '../samples/sample-database.ts'
import { judgeRecordings } from '../verdict/judge-recordings.ts'
import { csvUnreadable } from './errors.ts'
import { evaluateFile } from './evaluate-file.ts'
import { slaFor } from './csv-objectives.ts'
import type { JudgedFolder } from './judge-recorded.ts'
import { plannedIterations } from '../plan/plan-of-options.ts'
import { type PlainCsv, plainCsv } from './plain-csv.ts'
import { unknownGenerator } from './recorded-generator.ts'

export interface CsvRequest {
  csv: string
  script: string
  /** @default that of the script's workload, where the script is one of this toolkit's */
  sla: string | undefined
  /** Where the script imports one. */
  workload: WorkloadFolder | undefined
  /** Which k6 reads the script. */
  evaluation: Evaluation
}

/** What the samples tell of a run by themselves, in microseconds since 1970. */
interface Seen {
  startUs: number
  firstUs: number
  lastUs: number
  iterations: number
  names: string[]
}

const ALL_THERE_IS =
  'its samples are all that was kept, and the first iteration tells when the load began'

/**
 * Judges what somebody's k6 has recorded, in a run folder of its own.
 *
 * @throws ToolkitError for a file that k6 did not write, a script that throws, or an SLA file with problems
 */
export async function judgeCsv(request: CsvRequest): Promise<JudgedFolder & { folder: RunFolder }> {
  const { csv, script, workload, evaluation } = request
  const scenario = basename(script, extname(script))
  const folder = runFolder(newRunId(scenario, new Date()), process.env)
  await requireResultsFolder(folder.path)
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'k6-verdict-'))
  const reached = { folders: [folder.path], files: [csv] }
  const database = await openDatabase({ temporaryFolder, ...reached })
  try {
    const evaluated = await evaluateFile(script, { scenario, workload }, evaluation)
    const compile = await slaFor({ ...request, scenario, evaluated })
    const plain = await plainCsv(csv, join(temporaryFolder, 'samples.csv'))
    progress('  reading the samples')
    await mkdir(folder.path, { recursive: true })
    await copyFile(script, folder.script)
    const report = await tableOf(database, { folder, plain, csv })
    const seen = await seenIn(database, folder.samples, report)
    const { plan, objectives } = compile(seen.names)
    await writeObjectives(folder, objectives)
    const { generator, doubts } = unknownGenerator('nobody has kept what was seen of them')
    const judged = await judgeRecordings({
      folder,
      recordings: { kept: { parquet: folder.samples, report } },
      // Nobody tells whether k6 gave up following redirects: where it followed any, a loop must not pass for answers.
      instances: [
        {
          ...{ summary: undefined, isSamplesOnly: true, errors: [] },
          redirectsGivenUp: evaluated.options.maxRedirects === 0 ? 0 : 1,
        },
      ],
      ...{ plan, objectives, generator },
      startMs: seen.startUs / 1_000,
      processMs: { start: seen.firstUs / 1_000, end: seen.lastUs / 1_000 },
      doubts: [...doubts, reason('K6_END_UNKNOWN', { where: ALL_THERE_IS })],
      isEndUnknown: true,
      endedBecause: unfinished(seen, { plan, iterations: plannedIterations(evaluated.options) }),
      stoppedByUser: false,
      keepRaw: true,
    })
    const manifest = manifestOf({ request, folder, scenario, plan, seen })
    return { folder, manifest, judged, errors: [] }
  } finally {
    database.close()
    await rm(temporaryFolder, { recursive: true, force: true })
  }
}

// A number of iterations is done when it is done: only that tells whether the recording is whole.
function unfinished(
  { startUs, lastUs, iterations: done }: Seen,
  { plan, iterations }: { plan: RunPlan; iterations: number | undefined },
): Reason | undefined {
  const elapsedSeconds = (lastUs - startUs) / 1e6
  const plannedSeconds = plan.durationSeconds
  if (iterations === undefined || done >= iterations || elapsedSeconds >= plannedSeconds) {
    return undefined
  }
  return reason('RUN_NOT_FINISHED', { elapsedSeconds, plannedSeconds, done, wanted: iterations })
}

async function tableOf(
  database: SampleDatabase,
  { folder, plain, csv }: { folder: RunFolder; plain: PlainCsv; csv: string },
): Promise<SampleReport> {
  const { path, time } = plain
  const report = await convertSamples({ database, csv: path, parquet: folder.samples, time })
  if (!report || report.rows === 0) throw csvUnreadable(csv, 'it holds no sample')
  return report
}

async function seenIn(
  database: SampleDatabase,
  parquet: string,
  { columns }: SampleReport,
): Promise<Seen> {
  const file = `read_parquet(${pathLiteral(parquet)})`
  // setup() and teardown() belong to no scenario.
  const ofUsers = columns.includes('scenario') ? ' AND scenario IS NOT NULL' : ''
  const [span] = await database.rows<Omit<Seen, 'names'>>(`SELECT
  coalesce(min(end_us - CAST(round(value * 1000) AS BIGINT)) FILTER (metric = 'iteration_duration'${ofUsers}), min(end_us)) AS "startUs",
  min(end_us) AS "firstUs", max(end_us) AS "lastUs",
  count(*) FILTER (metric = 'iterations') AS "iterations" FROM ${file}`)
  if (!span) throw new Error(`Expected a span of time in ${parquet}, got none`)
  const names = await database.rows<{ name: string }>(
    `SELECT DISTINCT name FROM ${file} WHERE metric = 'http_reqs' AND name IS NOT NULL ORDER BY 1`,
  )
  return { ...span, names: names.map(({ name }) => name) }
}

// Who made the run, with what and against whom, is not here to be told.
function manifestOf(input: {
  request: CsvRequest
  folder: RunFolder
  scenario: string
  plan: RunPlan
  seen: Seen
}): Manifest {
  const { request, folder, scenario, plan, seen } = input
  const { timeScale, seed } = DEFAULT_SETTINGS
  const partial: Partial<Manifest> = {
    id: folder.id,
    command: shellCommand(),
    scenario,
    workload: plan.workload,
    settings: { scenario, timeScale, seed },
    plan,
    target: { byRegion: {}, sandbox: false },
    startedAt: new Date(seen.firstUs / 1_000).toISOString(),
    endedAt: new Date(seen.lastUs / 1_000).toISOString(),
    phases: absolutePhases(plan.phases, seen.startUs / 1_000),
    instances: [{}],
    recording: {
      kind: 'judged from a recording',
      judgedAt: new Date().toISOString(),
      csv: request.csv,
      ...(request.sla !== undefined && { sla: request.sla }),
    },
  }
  return { ...partial, versions: { toolkit: toolkitVersion() } } as unknown as Manifest
}
