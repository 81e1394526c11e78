import { readdir, stat } from 'node:fs/promises'
import { basename, resolve, sep } from 'node:path'
import { type RunFolder, resultsFolder, runFolder } from './run-folder.ts'
import { nearest } from '../core/nearest.ts'
import { runNotFound } from './errors.ts'

/** As `newRunId` makes them: they sort by time. */
const RUN_ID = /^\d{8}-\d{6}-./

/**
 * The folder of a run that somebody typed: a path, a name in the results folder, or `latest`, the one
 * that began last. (Even if that one was never judged: an older one would pass for today's.)
 */
export async function findRun(run: string, env: NodeJS.ProcessEnv): Promise<RunFolder> {
  const results = resultsFolder(env)
  const ids = (await readdir(results).catch(() => [])).filter((name) => RUN_ID.test(name)).sort()
  if (run === 'latest') {
    const last = ids.at(-1)
    if (last === undefined) throw runNotFound(run, results)
    return runFolder(last, env)
  }
  if (ids.includes(run)) return runFolder(run, env)
  const path = resolve(run)
  if (run === '' || !(await isFolder(path))) throw runNotFound(run, results, nearest(run, ids))
  return runFolder(basename(path), { K6_VERDICT_RESULTS: resolve(path, '..') + sep })
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}
