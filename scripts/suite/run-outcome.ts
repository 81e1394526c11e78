import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ToolkitError } from '../core/errors.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import type { Judgement } from '../verdict/verdict.ts'
import type { ReportFile } from '../report/html/report-file.ts'
import { type Recommendation, recommendations } from './recommend.ts'

/** What a suite keeps of a judged run. Plain JSON. */
export interface RunOutcome extends Judgement {
  id: string
  /** Name of its folder, beside that of the suite. */
  folder: string
  hasReport: boolean
  scenario: string
  workload: string
  /** Why it is not a clear PASS, the deciding reasons first. */
  causes: string[]
  /** Of all requests, or of operations where there are none. */
  requests: number
  ratePerSecond: number
  errorRatio?: number
  p95?: LatencyOutcome
  recommendations: Recommendation[]
}

/** The p95, with its limit where an objective has one. */
export interface LatencyOutcome {
  ms: number
  limit?: string
  /** As far as samples say: too few of them have missed nothing. */
  isMet?: boolean
}

/**
 * The outcome of the run that a process made; after a second pass, that of the second.
 *
 * @param known folders that were there before it began
 * @returns why there is none, where it left no verdict
 */
export async function outcomeOf(
  { results, pid, known }: { results: string; pid: number; known: ReadonlySet<string> },
  context: { runsAtOnce: number },
): Promise<RunOutcome | { trouble: string }> {
  const names = await readdir(results).catch(() => [])
  const made = names.filter((name) => !known.has(name)).sort()
  const own: string[] = []
  for (const name of made) if (await isMadeBy(join(results, name), pid)) own.push(name)
  const folder = own.at(-1)
  if (folder === undefined) return { trouble: 'it left no run folder' }
  try {
    const file = await readVerdict(join(results, folder, 'verdict.json'))
    const hasReport = existsSync(join(results, folder, 'report.html'))
    return { ...runOutcome(file, context), folder, hasReport }
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error
    return { trouble: `${folder} has no verdict: ${error.message}` }
  }
}

async function isMadeBy(folder: string, pid: number): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'run.json'), 'utf8'))
    return (manifest as { pid?: unknown }).pid === pid
  } catch {
    return false
  }
}

/** The same from its verdict. */
export function runOutcome(
  file: ReportFile,
  context: { runsAtOnce: number },
): Omit<RunOutcome, 'folder' | 'hasReport'> {
  const { run, verdict, isClose, endpoints, causes = [], reasons } = file
  const requests = sum(endpoints.map(({ count }) => count))
  const errors = sum(endpoints.map((row) => row.errors))
  const isClear = verdict === 'PASS' && !isClose
  // What decided comes first: of an INVALID run that is no cause of a missed objective.
  const told = (verdict === 'INVALID' ? [...reasons, ...causes] : [...causes, ...reasons]).map(
    ({ text }) => text,
  )
  const p95 = latencyOf(file)
  return {
    ...{ id: run.id, scenario: run.scenario, workload: run.workload },
    ...{ verdict, ...(isClose && { isClose }) },
    causes: isClear ? [] : [...new Set(told)],
    requests,
    ratePerSecond: sum(endpoints.map((row) => row.ratePerSecond)),
    ...(requests > 0 && { errorRatio: errors / requests }),
    ...(p95 && { p95 }),
    recommendations: recommendations(file, context),
  }
}

/** By the objective for the p95 of all requests, else as it was measured. */
function latencyOf({ objectives, series, endpoints }: ReportFile): LatencyOutcome | undefined {
  const judged = objectives.find(({ indicator, isPart, verdict, measured }) => {
    return (
      /^latency p95\b/.test(indicator) &&
      !isPart &&
      verdict !== 'not in this run' &&
      measured !== undefined
    )
  })
  if (judged?.measured !== undefined) {
    return { ms: judged.measured, limit: judged.limit, isMet: judged.verdict !== 'FAIL' }
  }
  const measured = series?.percentiles.find(({ percentile }) => percentile === 95)?.ms
  const [only] = endpoints
  const ms = measured ?? (endpoints.length === 1 ? only?.p95Ms : undefined)
  return typeof ms === 'number' && Number.isFinite(ms) ? { ms } : undefined
}

function sum(values: readonly number[]): number {
  return values.reduce((total, each) => total + each, 0)
}
