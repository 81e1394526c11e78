import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { projectPath } from '../scripts/core/project.ts'
import { readSuiteState, type SuiteState } from '../scripts/suite/suite-state.ts'
import { cliArguments } from './cli.ts'

/** The k6 and the target of a suite. */
export interface SuiteSetting {
  K6_BIN: string
  /** What its scenarios load. */
  url: string
}

/** A suite file, and folders of its own for its results and for what its commands write. */
export async function suiteOf(
  { K6_BIN, url }: SuiteSetting,
  phasesOf: (folder: string) => object[],
) {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-suite-'))
  const defaults = { target: [url], timeScale: 0.02 }
  const file = join(folder, 'suite.yaml')
  await writeFile(file, JSON.stringify({ name: 'three', defaults, phases: phasesOf(folder) }))
  const results = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  return { file, folder, env: { K6_VERDICT_RESULTS: results, K6_BIN, NO_COLOR: '1' }, results }
}

/** What suiteOf() has made. */
export type MadeSuite = Awaited<ReturnType<typeof suiteOf>>

/** Starts it, and waits for a moment that its state tells. */
export async function started(
  { file, env, results }: MadeSuite,
  isThere: (state: SuiteState) => boolean,
) {
  const child = spawn('node', cliArguments(['suite', file]), {
    cwd: projectPath(),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()))
  }
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  for (;;) {
    const [name] = (await readdir(results)).filter((each) => each.startsWith('suite-'))
    const folder = join(results, name ?? '')
    const state =
      name === undefined ? undefined : await readSuiteState(folder).catch(() => undefined)
    if (state && isThere(state)) return { child, exited, folder, said: () => said }
    assert.equal(child.exitCode, null, said)
    await sleep(50)
  }
}

/** Another command of the toolkit, as from another terminal. */
export function also(args: string[], { env }: MadeSuite) {
  return execa('node', cliArguments(args), {
    cwd: projectPath(),
    env,
    reject: false,
    timeout: 90_000,
  })
}
