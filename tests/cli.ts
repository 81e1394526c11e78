import { execa } from 'execa'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { projectPath } from '../scripts/core/project.ts'
import type { Manifest } from '../scripts/run-folder/manifest.ts'
import type { VerdictFile } from '../scripts/verdict/verdict-file.ts'

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

/** Others took the CPU from k6: such a run proves nothing of what a test asks. */
const STARVED = 'GENERATOR_CPU_STARVED'

/**
 * Makes a run, and once again where its verdict says that others took the CPU from k6. Whatever else went
 * wrong is a failure of the test at once. A second run is printed under `title`, so that it is seen.
 */
export async function retryIfStarved<Result extends { runs: readonly string[] }>(
  title: string,
  run: () => Promise<Result>,
): Promise<Result> {
  const result = await run()
  const codes = await Promise.all(result.runs.map(codesBelow))
  if (!codes.flat().includes(STARVED)) return result
  process.stdout.write(`retried 1/1: ${title}\n`)
  return run()
}

/** The verdict in a run's folder. */
export async function verdictOf(runFolder = ''): Promise<VerdictFile> {
  return JSON.parse(await readFile(join(runFolder, 'verdict.json'), 'utf8')) as VerdictFile
}

/** The codes of a verdict's reasons, in their order. */
export function codesOf({ reasons }: Pick<VerdictFile, 'reasons'>): string[] {
  return reasons.map(({ code }) => code)
}

// A comparison has the folders of its runs in its own.
async function codesBelow(folder: string): Promise<string[]> {
  const paths = await readdir(folder, { recursive: true }).catch(() => [])
  const verdicts = paths.filter((path) => basename(path) === 'verdict.json')
  const files = await Promise.all(verdicts.map((path) => verdictOf(join(folder, dirname(path)))))
  return files.flatMap(codesOf)
}

/** Of the CLI of this project, or of a copy. */
export function cliArguments(args: string[], project: string = projectPath()): string[] {
  return [join(project, 'scripts', 'start.mjs'), 'scripts/cli.ts', ...args]
}

export async function readManifest(runFolder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(runFolder, 'run.json'), 'utf8')) as Manifest
}
