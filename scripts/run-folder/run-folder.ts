import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { randomBytes } from 'node:crypto'
import { writeWhole } from '../core/write-whole.ts'
import { projectPath } from '../core/project.ts'
import { type Bundle, copyFiles } from '../plan/bundle.ts'
import { resultsUnwritable } from '../plan/errors.ts'
import { existingAncestor } from '../plan/disk-space.ts'

/** The sample file's name in its folder. */
export const SAMPLES_FILE = 'samples.parquet'

/** The page of k6's web dashboard, where it was asked for. */
export const DASHBOARD_FILE = 'dashboard.html'

/** What one k6 writes. */
export interface InstanceFiles {
  summary: string
  log: string
  /** What k6 records, until it has become the sample file. */
  recorded: string
}

/** Where everything about one run is kept; the files of a single k6 lie in the folder itself. */
export interface RunFolder extends InstanceFiles {
  id: string
  path: string
  script: string
  /** k6's archive of a script of the user's own. */
  archive: string
  manifest: string
  samples: string
  verdict: string
  dashboard: string
}

/** `20261121-084801-spike-7f3a`: sorts by time, says what ran, and two at once differ. */
export function newRunId(scenario: string, now: Date): string {
  const [day = '', time = ''] = now.toISOString().replaceAll('-', '').split('T')
  return `${day}-${time.slice(0, 8).replaceAll(':', '')}-${scenario}-${randomBytes(2).toString('hex')}`
}

/** Paths of a run; `results` can be moved with K6_VERDICT_RESULTS. */
export function runFolder(id: string, env: NodeJS.ProcessEnv): RunFolder {
  const path = join(resultsFolder(env), id)
  return {
    id,
    path,
    script: join(path, 'script.js'),
    archive: join(path, 'script.tar'),
    summary: join(path, 'summary.json'),
    log: join(path, 'k6.log'),
    manifest: join(path, 'run.json'),
    recorded: join(path, 'samples.csv'),
    samples: join(path, SAMPLES_FILE),
    verdict: join(path, 'verdict.json'),
    dashboard: join(path, DASHBOARD_FILE),
  }
}

/** Where one k6 of several writes: `instances/<name>/` in the run's folder. */
export function instanceFiles({ path }: Pick<RunFolder, 'path'>, name: string): InstanceFiles {
  const folder = join(path, 'instances', name)
  return {
    summary: join(folder, 'summary.json'),
    log: join(folder, 'k6.log'),
    recorded: join(folder, 'samples.csv'),
  }
}

export function resultsFolder(env: NodeJS.ProcessEnv): string {
  return env['K6_VERDICT_RESULTS'] || projectPath('results')
}

/** Makes the folders that k6 is to write to. */
export async function prepareRunFolder(
  folder: RunFolder,
  instances: readonly InstanceFiles[] = [],
): Promise<void> {
  await mkdir(folder.path, { recursive: true })
  for (const { log } of instances) await mkdir(dirname(log), { recursive: true })
}

/** Puts in the bundle that k6 is to run. */
export async function keepBundle(folder: RunFolder, bundle: Bundle): Promise<void> {
  const ownMap = bundle.script.replace(
    /\/\/# sourceMappingURL=.*/,
    '//# sourceMappingURL=script.js.map',
  )
  await writeWhole(folder.script, ownMap)
  await writeWhole(`${folder.script}.map`, bundle.sourceMap)
  await copyFiles(bundle.files, folder.path)
}

/**
 * Makes sure that the folder of a run can be made: what it is to lie in is a folder, and may be written to.
 *
 * @throws ToolkitError `K6V_RESULTS_UNWRITABLE`, before anything has been sent
 */
export async function requireResultsFolder(runFolder: string): Promise<void> {
  const results = dirname(runFolder)
  try {
    await makeFolder(results)
    // With the dot a file in its place is an error, too.
    await access(`${results}/.`, constants.W_OK | constants.X_OK)
  } catch (error) {
    throw resultsUnwritable(results, error as Error)
  }
}

// One after the other: Node's own `recursive` never returns where /proc refuses a folder.
async function makeFolder(path: string): Promise<void> {
  const folder = resolve(path)
  if ((await existingAncestor(folder)) === folder) return
  await makeFolder(dirname(folder))
  await mkdir(folder)
}
