import { existsSync, statSync } from 'node:fs'
import { FileBroken, readJson } from '../core/read-json.ts'
import { findRun } from '../run-folder/find-run.ts'
import { readVerdict } from '../verdict/read-verdict.ts'
import { VERDICT_FILE } from '../verdict/verdict-format.ts'
import type { Manifest } from '../run-folder/manifest.ts'
import { BASELINE_FORMAT } from './baseline-format.ts'
import { runInvalid } from './errors.ts'
import { readFigures } from './read-figures.ts'
import { type RunFigures, runFigures } from './run-figures.ts'

const PERCENTILES = [50, 95, 99]

/**
 * Reads a baseline file, or a run by its folder, its id, or as `latest`.
 *
 * @throws ToolkitError when there is none, it cannot be read, or it is INVALID
 */
export async function readRun(input: string): Promise<RunFigures> {
  if (existsSync(input) && statSync(input).isFile()) return readJson(input, BASELINE_FORMAT)
  const folder = await findRun(input, process.env)
  const file = await readVerdict(folder.verdict)
  if (!isWhole(file.run))
    throw new FileBroken(folder.verdict, VERDICT_FILE, 'it lacks the plan of the run')
  if (file.verdict === 'INVALID') {
    throw runInvalid(
      file.run.id,
      file.reasons.map(({ text }) => text),
    )
  }
  const { plan } = file.run
  return runFigures(file, await readFigures(folder, { ...file, plan }, PERCENTILES))
}

// What an earlier version wrote has less.
function isWhole(run: Partial<Manifest>): boolean {
  return [run.plan, run.versions, run.host].every(isObject)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}
