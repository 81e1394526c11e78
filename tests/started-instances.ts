// A run of the command line on several k6, for tests that end it or one of them.
import assert from 'node:assert/strict'
import { execa } from 'execa'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { projectPath } from '../scripts/core/project.ts'
import { cliArguments } from './cli.ts'

/** A run that goes on: its process ids once all k6 record. */
export async function startOnInstances(
  args: string[],
  { count, K6_BIN }: { count: number; K6_BIN: string },
) {
  const results = await mkdtemp(join(tmpdir(), 'k6v-instances-'))
  const child = execa('node', cliArguments(args), {
    cwd: projectPath(),
    env: { K6_VERDICT_RESULTS: results, NO_COLOR: '1', K6_BIN },
    reject: false,
    timeout: 100_000,
  })
  let run = ''
  for (let wait = 0; wait < 300; wait++) {
    run ||= (await readdir(results))[0] ?? ''
    const bytes = await recordedBytes(join(results, run, 'instances'))
    if (run !== '' && bytes.length === count && bytes.every((size) => size > 40_000)) break
    await setTimeout(100)
  }
  const pids = await k6Pids(join(results, run))
  assert.equal(pids.length, count)
  const handle = {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    run: () => join(results, run),
    end: Promise.resolve(child),
  }
  return { child: handle, pids }
}

async function recordedBytes(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names.map((name) =>
      readFile(join(folder, name, 'samples.csv')).then(
        ({ length }) => length,
        () => 0,
      ),
    ),
  )
}

/** The k6 of one run, in order of their names. */
async function k6Pids(run: string): Promise<number[]> {
  const found: [path: string, pid: number][] = []
  for (const pid of await readdir('/proc')) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
    const [, path] = new RegExp(`K6_CSV_FILENAME=(${run}/instances/\\d+/)`).exec(environment) ?? []
    if (path !== undefined) found.push([path, Number(pid)])
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pid]) => pid)
}
