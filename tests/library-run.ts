// Runs a script that uses a library of lib/ in the real k6, as any team's script would.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { execa } from 'execa'
import { projectPath } from '../scripts/core/project.ts'
import { readSummary, type Summary } from '../scripts/verdict/facts/read-summary.ts'
import { realK6 } from './k6.ts'

export interface LibraryRun {
  /** TypeScript, or the path of a file with some, from the project's folder. */
  script: { text: string; folder: string } | { file: string }
  env?: Record<string, string>
  /** Further arguments of `k6 run`. */
  args?: string[]
}

export interface LibraryResult {
  exitCode: number | undefined
  stderr: string
  /** Missing when k6 did not get to its end. */
  summary: Summary | undefined
}

/** Bundles the script as the README says, and runs it. */
export async function runLibrary({ script, env, args = [] }: LibraryRun): Promise<LibraryResult> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-library-'))
  try {
    const outfile = join(folder, 'script.js')
    const entry =
      'file' in script
        ? { entryPoints: [projectPath(script.file)] }
        : { stdin: { contents: script.text, resolveDir: projectPath(script.folder), loader: 'ts' } }
    const external = ['k6', 'k6/*']
    await build({ ...entry, outfile, external, bundle: true, format: 'esm' } as never)

    const summaryPath = join(folder, 'summary.json')
    const { path: k6 } = await realK6()
    const { exitCode, stderr } = await execa(
      k6,
      ['run', '--quiet', '--summary-export', summaryPath, ...args, outfile],
      { env: { ...env, K6_NO_USAGE_REPORT: 'true' }, reject: false, timeout: 60_000 },
    )
    return { exitCode, stderr, summary: await readSummary(summaryPath).catch(() => undefined) }
  } finally {
    await rm(folder, { recursive: true })
  }
}
