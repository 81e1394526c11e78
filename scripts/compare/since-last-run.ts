import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readVerdict } from '../verdict/read-verdict.ts'
import type { VerdictFile } from '../verdict/verdict-file.ts'
import type { SinceLastRun } from '../verdict/compared-row.ts'
import { compareRuns } from './compare-runs.ts'
import { comparability } from './comparability.ts'
import { runFigures } from './run-figures.ts'

/** So many earlier runs of the scenario are looked at: most of them are of another load. */
const RUNS_MAX = 20

/**
 * Finds the newest earlier run that asked the same question and was not INVALID.
 *
 * @param results folder of all runs
 * @returns undefined when there is none
 */
export async function sinceLastRun(
  file: VerdictFile,
  results: string,
): Promise<SinceLastRun | undefined> {
  if (file.verdict === 'INVALID') return undefined
  const { id, scenario } = file.run
  const names = await readdir(results).catch(() => [])
  const earlier = names.filter((name) => name.includes(`-${scenario}-`) && name < id).sort()
  for (const name of earlier.reverse().slice(0, RUNS_MAX)) {
    const found = await compareWith(file, join(results, name, 'verdict.json'))
    if (found) return found
  }
  return undefined
}

async function compareWith(file: VerdictFile, path: string): Promise<SinceLastRun | undefined> {
  try {
    const before = await readVerdict(path)
    if (before.verdict === 'INVALID') return undefined
    const [last, now] = [runFigures(before, []), runFigures(file, [])]
    const { refusals, warnings } = comparability(last, now)
    if (refusals.length > 0 || last.isSandbox !== now.isSandbox) return undefined
    const { objectives } = compareRuns(last, now)
    return { id: last.id, startedAt: last.startedAt, verdict: last.verdict, warnings, objectives }
  } catch {
    // An older format, or a folder without a verdict: the next one may do.
    return undefined
  }
}
