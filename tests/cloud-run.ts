// What the tests of runs in the cloud share: the real command line against the stand-in for its API.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { execa } from 'execa'
import { projectPath } from '../scripts/core/project.ts'
import { cli, cliArguments, type CliResult } from './cli.ts'
import type { StubBehaviour } from './cloud-answers.ts'
import { type CloudStub, startCloudStub } from './cloud-stub.ts'
import { realK6 } from './k6.ts'

/** Ten users for 3.6 s. */
export const LOAD = ['--users', '10', '--time-scale', '0.005']

const IN_CLOUD = ['geo-distributed', '--cloud', '--target', 'http://api.invalid', ...LOAD]

export async function openStub(t: TestContext, behaviour?: StubBehaviour): Promise<CloudStub> {
  const stub = await startCloudStub(behaviour)
  t.after(() => stub.close())
  return stub
}

/** A run of geo-distributed that the stub's load zones make. */
export async function inCloud(
  stub: CloudStub,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<CliResult> {
  const { path: K6_BIN } = await realK6()
  return cli([...IN_CLOUD, ...args], { env: { K6_BIN, ...stub.env, ...env } })
}

/** The same, and still running. */
export async function startedInCloud(stub: CloudStub) {
  const { path: K6_BIN } = await realK6()
  const K6_VERDICT_RESULTS = await mkdtemp(join(tmpdir(), 'k6-verdict-results-'))
  const child = execa('node', cliArguments(IN_CLOUD), {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS, NO_COLOR: '1', K6_BIN, ...stub.env },
    stdin: 'ignore',
    reject: false,
    timeout: 60_000,
  })
  return { K6_VERDICT_RESULTS, child }
}

/** Files of a run that hold a text, wherever they lie. */
export async function filesWith(text: string, [run = '']: readonly string[]): Promise<string[]> {
  const entries = await readdir(run, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  assert.ok(files.length > 5, `the run's folder has ${files.length} files`)
  const found = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const content = await readFile(join(parentPath, name))
      return content.includes(text) ? [name] : []
    }),
  )
  return found.flat()
}
