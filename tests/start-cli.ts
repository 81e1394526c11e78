import { execa } from 'execa'
import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectPath } from '../scripts/core/project.ts'
import { cliArguments, type CliResult } from './cli.ts'

export interface StartedCli {
  /** Folder of the results, which holds that of the run as soon as it is known. */
  results: string
  ended: Promise<CliResult>
}

/** Starts the CLI as a user would, for tests that do something to it while it runs, or that have a copy of the project. */
export async function startCli(
  args: string[],
  { env = {}, project = projectPath() }: { env?: Record<string, string>; project?: string } = {},
): Promise<StartedCli> {
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const child = execa('node', cliArguments(args, project), {
    cwd: project,
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', ...env },
    stdin: 'ignore',
    reject: false,
    timeout: 180_000,
  })
  const ended = child.then(async ({ exitCode, stdout, stderr }) => {
    const runs = (await readdir(results)).map((name) => join(results, name))
    return { exitCode, stdout, stderr, runs }
  })
  return { results, ended }
}
