import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolkitError } from '../errors.ts'
import { readVerdict } from '../report/read-verdict.ts'
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
  /** Folders whose verdict is torn or of another format. */
  unreadable: number
}

/** More are no history that anybody reads; the newest ones are kept, in some 20 MB. */
const RUNS_MAX = 10_000

const TRIM_AT = RUNS_MAX * 1.1

/** Reads all verdicts of a results folder, one after the other: only a few KB of each are kept. */
export async function readHistory(results: string, filter: RunFilter = {}): Promise<History> {
  const entries = await readdir(results, { withFileTypes: true }).catch(() => [])
  const history: History = { runs: [], unjudged: 0, unreadable: 0 }
  for (const folder of entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)) {
    const record = await readRecord(results, folder)
    if (typeof record === 'string') history[record] += 1
    else if (isWanted(record, filter)) history.runs.push(record)
    if (history.runs.length > TRIM_AT) history.runs = newest(history.runs)
  }
  return { ...history, runs: newest(history.runs) }
}

async function readRecord(
  results: string,
  folder: string,
): Promise<RunRecord | 'unjudged' | 'unreadable'> {
  try {
    const file = await readVerdict(join(results, folder, 'verdict.json'))
    const report = join(results, folder, 'report.html')
    const hasReport = await access(report).then(
      () => true,
      () => false,
    )
    return runRecord(file, { folder, hasReport }) ?? 'unreadable'
  } catch (error) {
    const isMissing = error instanceof ToolkitError && error.code === 'K6V_VERDICT_MISSING'
    return isMissing ? 'unjudged' : 'unreadable'
  }
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

/** `skipped 3 folders: 2 without a verdict, 1 unreadable`; undefined when there are none. */
export function skippedLine({ unjudged, unreadable }: History): string | undefined {
  const all = unjudged + unreadable
  if (all === 0) return undefined
  const kinds = [
    ...(unjudged > 0 ? [`${unjudged} without a verdict`] : []),
    ...(unreadable > 0 ? [`${unreadable} with one that is torn or of another format`] : []),
  ]
  return `skipped ${all} folder${all === 1 ? '' : 's'}: ${kinds.join(', ')}`
}
