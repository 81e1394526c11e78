// Runs a script of anybody's in the real k6 as a run does, and reads what it recorded.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { k6Environment } from '../scripts/k6/environment.ts'
import { k6Arguments } from '../scripts/k6/k6-arguments.ts'
import { type K6Log, readK6Log } from '../scripts/k6/k6-log.ts'
import { type K6Outcome, runK6 } from '../scripts/k6/run-k6.ts'
import { projectPath } from '../scripts/core/project.ts'
import { recording } from '../scripts/samples/csv-source.ts'
import { realK6 } from './k6.ts'

export interface RecordedScript {
  outcome: K6Outcome
  /** All that k6 recorded. */
  csv: string
  log: K6Log
  /** From the start of k6 to its end. */
  seconds: number
}

/** The script finds its target in `__ENV.TARGET`. */
export async function recordScript(script: string, target: string): Promise<RecordedScript> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-recorded-'))
  const path = join(folder, 'script.js')
  const csv = join(folder, 'samples.csv')
  const log = join(folder, 'k6.log')
  const { output, env } = recording(csv)
  const never = new AbortController().signal
  const startMs = Date.now()
  try {
    await writeFile(path, script)
    const outcome = await runK6({
      k6: (await realK6()).path,
      args: k6Arguments({
        script: path,
        summaryPath: join(folder, 'summary.json'),
        outputs: [output],
      }),
      env: {
        ...k6Environment({
          env: process.env,
          totalMemoryBytes: 2e9,
          configFile: projectPath('scripts', 'k6', 'empty-config.json'),
        }),
        ...env,
        TARGET: target,
      },
      log,
      deadlineMs: 60_000,
      ...{ stop: never, stopEarly: never, kill: never },
      onStart: () => undefined,
      onLine: () => undefined,
    })
    const seconds = (Date.now() - startMs) / 1_000
    return { outcome, csv: await readFile(csv, 'utf8'), log: readK6Log(log), seconds }
  } finally {
    await rm(folder, { recursive: true })
  }
}
