import { execa } from 'execa'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../scripts/project.ts'
import type { Manifest } from '../scripts/run/manifest.ts'

export interface CliResult {
  exitCode: number | undefined
  stdout: string
  stderr: string
  /** Run folders that this call has made. */
  runs: string[]
}

export interface CliOptions {
  env?: Record<string, string>
  timeoutMs?: number
}

/** Runs the CLI as a user would, with results in a folder of its own. */
export async function cli(args: string[], options: CliOptions = {}): Promise<CliResult> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const { exitCode, stdout, stderr } = await execa('node', cliArguments(args), {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', ...options.env },
    stdin: 'ignore',
    reject: false,
    timeout: options.timeoutMs ?? 120_000,
  })
  const runs = (await readdir(results)).map((name) => join(results, name))
  return { exitCode, stdout, stderr, runs }
}

/** On a machine that others use, INVALID is right whatever else is true. */
const STARVED = /others took the CPU from k6/
const ATTEMPTS = 3

/** Makes a run again, twice at most, while others take the CPU from k6: such a run proves nothing. */
export async function calmly<Result extends { stdout: string }>(
  run: () => Promise<Result>,
  starved = STARVED,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const result = await run()
    if (attempt === ATTEMPTS || !starved.test(result.stdout)) return result
  }
}

export function cliArguments(args: string[]): string[] {
  return [projectPath('scripts', 'start.mjs'), 'scripts/cli.ts', ...args]
}

export async function readManifest(runFolder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(runFolder, 'run.json'), 'utf8')) as Manifest
}
