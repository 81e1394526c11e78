// Runs scripts of tests/scripts by `run`, as a user would, with results in a folder of their own.
import { execa } from 'execa'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cliArguments, type CliResult } from './cli.ts'

export interface OwnScriptRun extends CliResult {
  /** Where the command was typed. */
  folder: string
}

/** Types `run` and some words in a new folder, or in one of an earlier run. */
export async function runOwn(
  words: string[],
  {
    env = {},
    folder,
    input,
  }: { env?: Record<string, string>; folder?: string; input?: string } = {},
): Promise<OwnScriptRun> {
  const cwd = folder ?? (await mkdtemp(join(tmpdir(), 'k6-verdict-own-')))
  const results = join(cwd, 'results')
  const { exitCode, stdout, stderr } = await execa('node', cliArguments(['run', ...words]), {
    cwd,
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', ...env },
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...{ reject: false, timeout: 60_000 },
  })
  const names = await readdir(results).catch(() => [])
  const runs = names.sort().map((name) => join(results, name))
  return { exitCode, stdout, stderr, runs, folder: cwd }
}
