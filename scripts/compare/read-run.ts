import { existsSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { findRun } from '../report/find-run.ts'
import { readVerdict } from '../report/read-verdict.ts'
import { verdictBroken } from '../report/errors.ts'
import type { Manifest } from '../run/manifest.ts'
import { baselineUnusable, runInvalid } from './errors.ts'
import { readFigures } from './read-figures.ts'
import { type RunFigures, runFigures } from './run-figures.ts'

const PERCENTILES = [50, 95, 99]

/**
 * Reads a baseline file, or a run by its folder, its id, or as `latest`.
 *
 * @throws ToolkitError when there is none, it cannot be read, or it is INVALID
 */
export async function readRun(input: string): Promise<RunFigures> {
  if (existsSync(input) && statSync(input).isFile()) return readBaseline(input)
  const folder = await findRun(input, process.env)
  const file = await readVerdict(folder.verdict)
  if (!isWhole(file.run)) throw verdictBroken(folder.verdict, 'it lacks the plan of the run')
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

async function readBaseline(path: string): Promise<RunFigures> {
  let content: unknown
  try {
    content = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw baselineUnusable(path, error instanceof Error ? error.message : 'it cannot be read')
  }
  const { format, kind } = isObject(content) ? content : {}
  if (kind !== 'baseline') throw baselineUnusable(path, 'its "kind" is not "baseline"')
  if (format !== 1) throw baselineUnusable(path, `its "format" is not 1 but ${String(format)}`)
  const lacking = missingKeys(content as Record<string, unknown>)
  if (lacking.length > 0) throw baselineUnusable(path, `it lacks ${lacking.join(', ')}`)
  return content as RunFigures
}

const KEYS: Record<string, (value: unknown) => boolean> = {
  id: isText,
  startedAt: isText,
  scenario: isText,
  workload: isText,
  seed: isNumber,
  timeScale: isNumber,
  plan: (value) => isObject(value) && Array.isArray(value['phases']),
  versions: isObject,
  host: isObject,
  verdict: isText,
  objectives: Array.isArray,
  endpoints: (value) =>
    Array.isArray(value) && value.every((row) => isObject(row) && isObject(row['percentiles'])),
}

function missingKeys(content: Record<string, unknown>): string[] {
  return Object.keys(KEYS).filter((key) => !KEYS[key]?.(content[key]))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number'
}
