// Every scenario for real: the real k6, the sandbox, thresholds on, durations shrunk.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'
import { missingPart, scenarioFiles, workloadFolders } from '../scripts/plan/scenario-files.ts'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { readSummary } from '../scripts/verdict/facts/read-summary.ts'
import { cli, readManifest, retryIfStarved, verdictOf } from './cli.ts'
import { realK6 } from './k6.ts'

let sandbox: RunningSandbox
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  sandbox = await startSandbox({ systems: ['all'] })
})
after(() => sandbox.stop())

/** A load that a shared machine carries, and still enough samples for a percentile. */
const USERS = ['--users', '60', '--duration', '4s', '--time-scale', '0.01']
const SMALLER: Record<string, string[]> = {
  smoke: [],
  'api-mix': ['--rate', '20', '--duration', '10s', '--time-scale', '0.02'],
  breakpoint: ['--rate', '60', '--time-scale', '0.03'],
  // Users who never pause.
  saturation: ['--users', '4', '--duration', '4s', '--time-scale', '0.05'],
  // Three updates of a stream take ten seconds.
  dashboard: ['--users', '30', '--duration', '13s', '--time-scale', '0.02'],
}

/** For a few seconds of load; a workload without one is held to its own SLA file. */
function slaOf(workload: string): string[] {
  const name = workload === 'better-prompts' ? 'ci-sla' : `ci-sla-${workload}`
  const path = `tests/fixtures/${name}.json`
  return existsSync(projectPath(path)) ? ['--sla', path] : []
}

/** A further API makes no load shape another one; the scenarios of one workload run in its tests. */
const OF_ANY_WORKLOAD = ['smoke']

/** The plan of every scenario on every workload is held by tests/plan.e2e.test.ts. */
const ALSO: Record<string, string[]> = {
  'value-canvas': ['spike', 'api-mix', 'dashboard'],
  'live-prompts': ['load'],
  'prompts-grpc': ['spike'],
}

/** tests/browser.e2e.test.ts drives browsers. */
const ELSEWHERE = ['prompt-page']

for (const workload of workloadFolders()) {
  for (const { name, workload: owner } of scenarioFiles()) {
    // Those of one workload run in its tests.
    if (owner !== undefined) continue
    const some = [...OF_ANY_WORKLOAD, ...(ALSO[workload.name] ?? [])]
    if (workload.name !== 'better-prompts' && !some.includes(name)) continue
    if (ELSEWHERE.includes(workload.name)) continue
    const of = `${name} on ${workload.name}`
    const lacks = missingPart(name, workload)
    if (lacks === undefined) {
      test(`${of} runs on the sandbox and its verdict is PASS`, () => passes(name, workload.name))
    } else {
      test(`${of} is refused, for it has no ${lacks}`, () => isRefused(name, workload.name))
    }
  }
}

async function passes(name: string, workload: string): Promise<void> {
  const sla = ['--workload', workload, ...slaOf(workload)]
  const args = [name, '--target', sandbox.url, ...(SMALLER[name] ?? USERS), ...sla]
  const { exitCode, stdout, stderr, runs } = await retryIfStarved(`${name} on ${workload}`, () =>
    cli(args, { env: { K6_BIN } }),
  )

  assert.equal(exitCode, 0, `${stdout}\n${stderr}`)
  assert.match(stdout, /^PASS/m)
  assert.match(stdout, /Exceptions +none/)

  const [run = ''] = runs
  const manifest = await readManifest(run)
  assert.equal(manifest.verdict, 'PASS')
  assert.equal(manifest.phases?.length, manifest.plan.phases.length)
  const files = ['script.js', 'script.js.map', 'summary.json', 'k6.log', 'samples.parquet']
  for (const file of files) {
    assert.ok((await readFile(join(run, file))).length > 0, `${file} is empty`)
  }
  await assert.rejects(readFile(join(run, 'samples.csv')))
  for (const { endpoint, errors } of (await verdictOf(run)).endpoints)
    assert.equal(errors, 0, endpoint)
}

async function isRefused(name: string, workload: string): Promise<void> {
  const { exitCode, stderr } = await cli([name, '--workload', workload])

  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_WORKLOAD_LACKS: /m)
}

test('updates of a dashboard are on time and true, and a dropped stream is opened anew', async () => {
  const { runs, stdout } = await cli(
    ['dashboard', '--users', '60', '--duration', '13s', '--time-scale', '0.02'],
    { env: { K6_BIN } },
  )

  const { metrics } = await readSummary(join(runs[0] ?? '', 'summary.json'))
  assert.equal(metrics['stream_on_time']?.values['value'], 1, stdout)
  assert.equal(metrics['stream_agrees']?.values['value'], 1, stdout)
  assert.ok((metrics['stream_agrees'].values['passes'] ?? 0) > 20, stdout)
  // The sandbox drops every twentieth connection.
  assert.ok((metrics['stream_reopened']?.values['count'] ?? 0) >= 1, stdout)
  assert.match(stdout, /^answers-correct +share of checks >= 99\.9% +100% /m)
})
