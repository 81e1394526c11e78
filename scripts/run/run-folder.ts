import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { projectPath } from '../project.ts'
import type { Bundle } from './bundle.ts'

/** The sample file's name in its folder. */
export const SAMPLES_FILE = 'samples.parquet'

/** Where everything about one run is kept. */
export interface RunFolder {
  id: string
  path: string
  script: string
  summary: string
  log: string
  manifest: string
  /** What k6 records, until it has become the sample file. */
  recorded: string
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
    summary: join(path, 'summary.json'),
    log: join(path, 'k6.log'),
    manifest: join(path, 'run.json'),
    recorded: join(path, 'samples.csv'),
    samples: join(path, SAMPLES_FILE),
    verdict: join(path, 'verdict.json'),
    dashboard: join(path, 'dashboard.html'),
  }
}

export function resultsFolder(env: NodeJS.ProcessEnv): string {
  return env['K6_VERDICT_RESULTS'] ?? projectPath('results')
}

/** Makes the folder and puts in what must be there before k6 starts. */
export async function prepareRunFolder(folder: RunFolder, bundle: Bundle): Promise<void> {
  await mkdir(folder.path, { recursive: true })
  const ownMap = bundle.script.replace(
    /\/\/# sourceMappingURL=.*/,
    '//# sourceMappingURL=script.js.map',
  )
  await writeFile(folder.script, ownMap)
  await writeFile(`${folder.script}.map`, bundle.sourceMap)
}
