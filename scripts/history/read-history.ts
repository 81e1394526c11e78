import type { Dirent } from 'node:fs'
import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolkitError } from '../core/errors.ts'
import { FileBroken } from '../core/read-json.ts'
import { oneLine } from '../core/printable.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import { type RunRecord, runRecord } from './run-record.ts'

/** Which runs somebody wants to see; all where nothing is said. */
export interface RunFilter {
  scenario?: string | undefined
  workload?: string | undefined
}

/** The runs of a results folder, and what else lies there. */
export interface History {
  /** Oldest first. */
  runs: RunRecord[]
  /** Folders without a verdict: still running, or never judged. */
  unjudged: number
  /** Folders whose verdict cannot be read, and why. */
  unreadable: { folder: string; why: string }[]
}

/** More are no history that anybody reads; the newest ones are kept, in some 20 MB. */
const RUNS_MAX = 10_000

const TRIM_AT = RUNS_MAX * 1.1

/** Reads all verdicts of a results folder, one after the other: only a few KB of each are kept. */
export async function readHistory(results: string, filter: RunFilter = {}): Promise<History> {
  const entries = await readdir(results, { withFileTypes: true }).catch(() => [])
  const history: History = { runs: [], unjudged: 0, unreadable: [] }
  for (const folder of entries.filter(isRunFolder).map(({ name }) => name)) {
    const record = await readRecord(results, folder)
    if (record === 'several') continue
    if (record === 'unjudged') history.unjudged += 1
    else if ('why' in record) history.unreadable.push(record)
    else if (isWanted(record, filter)) history.runs.push(record)
    if (history.runs.length > TRIM_AT) history.runs = newest(history.runs)
  }
  return { ...history, runs: newest(history.runs) }
}

/** Folders of commands that make several runs, which are beside them or in them. */
const NO_RUN = /^(suite|scaling|compare)-\d{8}-\d{6}-/

function isRunFolder(entry: Dirent): boolean {
  return entry.isDirectory() && !NO_RUN.test(entry.name)
}

async function readRecord(
  results: string,
  folder: string,
): Promise<RunRecord | 'several' | 'unjudged' | History['unreadable'][number]> {
  try {
    const file = await readVerdict(join(results, folder, 'verdict.json'))
    const report = join(results, folder, 'report.html')
    const hasReport = await access(report).then(
      () => true,
      () => false,
    )
    return runRecord(file, { folder, hasReport }) ?? { folder, why: 'run.startedAt is no time' }
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    if (error.code === 'K6V_VERDICT_MISSING') {
      return (await isOfSeveral(join(results, folder))) ? 'several' : 'unjudged'
    }
    return { folder, why: error instanceof FileBroken ? error.fault : error.message }
  }
}

// Of a suite, or of more and more replicas: it is about several runs, and none itself.
async function isOfSeveral(folder: string): Promise<boolean> {
  const files: string[] = await readdir(folder).catch(() => [])
  return files.includes('suite.json') || files.includes('scaling.json')
}

function isWanted(record: RunRecord, { scenario, workload }: RunFilter): boolean {
  return (
    (scenario === undefined || record.scenario === scenario) &&
    (workload === undefined || record.workload === workload)
  )
}

function newest(runs: RunRecord[]): RunRecord[] {
  return runs.sort(byTime).slice(-RUNS_MAX)
}

function byTime(one: RunRecord, other: RunRecord): number {
  return one.startedAtMs - other.startedAtMs || (one.id < other.id ? -1 : 1)
}

const SKIPPED_SHOWN = 5

/** What was left out, and why, in a line for each folder that cannot be read; undefined where nothing was. */
export function skippedLine({ unjudged, unreadable }: History): string | undefined {
  const all = unjudged + unreadable.length
  if (all === 0) return undefined
  const kinds = [
    ...(unjudged > 0 ? [`${unjudged} without a verdict`] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} with one that cannot be read`] : []),
  ]
  const shown = unreadable.slice(0, SKIPPED_SHOWN)
  const more = unreadable.length - shown.length
  return [
    `skipped ${all} folder${all === 1 ? '' : 's'}: ${kinds.join(', ')}`,
    ...shown.map(({ folder, why }) => `  ${oneLine(folder)}: ${oneLine(why)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n')
}
