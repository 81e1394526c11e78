// A run of the command line that streams, and what is left of it.
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readVerdict } from '../scripts/verdict/read-verdict.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'
import { cli, type CliOptions, type CliResult } from './cli.ts'

export interface StreamedRun extends CliResult {
  /** The run's folder. */
  folder: string
  verdict: VerdictFile
}

export interface RunningStream {
  /** Where its folder appears. */
  results: string
  ended: Promise<StreamedRun>
}

/** Starts a run that streams to `url`. */
export async function startStream(
  args: string[],
  url: string,
  options: CliOptions = {},
): Promise<RunningStream> {
  const results = await mkdtemp(join(tmpdir(), 'k6v-streamed-'))
  const env = { ...options.env, K6_VERDICT_RESULTS: results }
  const ended = cli([...args, '--prometheus', url], { ...options, env }).then(async (result) => {
    const [name] = await readdir(results)
    if (name === undefined) throw new Error(`Expected a run, got none:\n${result.stderr}`)
    const folder = join(results, name)
    return { ...result, folder, verdict: await readVerdict(join(folder, 'verdict.json')) }
  })
  return { results, ended }
}

/** Waits until something is so; it is asked again and again. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 30_000
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > endMs) throw new Error(`Expected ${what} within 30 s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
