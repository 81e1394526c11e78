// What is wrong with a suite, or with the process that runs it, is said before anything is done.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { cli } from './cli.ts'
import { realK6 } from './k6.ts'
import { isAlive } from './processes.ts'
import { also, suiteOf } from './suite-run.ts'

let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
})

/** Nobody listens there: nothing is to be sent. */
const url = 'http://127.0.0.1:1'

test('all problems of a file are told at once, and nothing is started', async () => {
  const made = await suiteOf({ K6_BIN, url }, () => [
    {
      name: 'a',
      prepare: ['echo > prepared'],
      runs: [{ scenario: 'smok' }, { scenario: 'spike', usrs: 3, timeScale: 0 }],
    },
    {
      name: 'b',
      runs: [{ scenario: 'smoke', workload: 'better-promts' }],
    },
  ])
  const { exitCode, stderr, stdout } = await also(['suite', made.file], made)
  assert.equal(exitCode, 2)
  assert.match(stderr, /^error K6V_SUITE_INVALID: .* has 4 problems, and nothing was started$/m)
  assert.match(
    stderr,
    /scenario: expected a known scenario, got "smok"\n {4}Did you mean "smoke"\?/,
  )
  assert.match(stderr, /usrs: .*\n {4}Did you mean "users"\?/)
  assert.match(stderr, /timeScale: expected a number from 0\.001 to 100, got 0/)
  assert.match(stderr, /workload: .*\n {4}Did you mean "better-prompts"\?/)
  assert.equal(stdout, '')
  assert.deepEqual(await readdir(made.results), [])
})

test('what only k6 can know of a run is told before the first one begins, too', async () => {
  const made = await suiteOf({ K6_BIN, url }, () => [
    {
      name: 'a',
      runs: [
        { scenario: 'load', profile: 'paek' },
        { scenario: 'smoke', target: ['http://me:hunter2@h'] },
        { scenario: 'spike', rate: 3 },
        { scenario: 'smoke', serverMetrics: ['ftp://h/metrics'] },
        { scenario: 'spike', webDashboard: true, instances: 2 },
        { scenario: 'geo-distributed', regionLatency: 'mars=20ms' },
        { script: 'tests/scripts/typed.ts', serverMetrics: ['ftp://h/metrics'] },
        { plan: 'plans/templates/crud.yaml', model: 'open' },
      ],
    },
  ])
  const { exitCode, stderr } = await also(['suite', made.file], made)
  assert.equal(exitCode, 2)
  assert.match(
    stderr,
    /K6V_WRONG_NUMBERS: load: .*one of baseline, normal, peak, stress, got "paek"/,
  )
  assert.match(stderr, /K6V_TARGET_UNUSABLE: /)
  assert.doesNotMatch(stderr, /hunter2/)
  assert.match(stderr, /K6V_WRONG_NUMBERS: spike: Expected --users for this scenario, got --rate/)
  assert.equal(stderr.match(/K6V_SERVER_METRICS_UNUSABLE: /g)?.length, 2, stderr)
  assert.match(stderr, /got npm run k6 -- spike .*--web-dashboard --instances 2/)
  assert.match(stderr, /got npm run k6 -- geo-distributed .*--region-latency/)
  assert.match(stderr, /got npm run k6 -- run .*plans\/templates\/crud\.yaml/)
  assert.match(stderr, / has 8 problems, and nothing was started$/m)
  assert.deepEqual(await readdir(made.results), [])
})

test('the suite of this project has no mistakes', async () => {
  const { exitCode, stdout, stderr, runs } = await cli(
    ['suite', 'suites/all-systems.yaml', '--check'],
    { env: { K6_BIN } },
  )
  assert.equal(exitCode, 0, stderr)
  assert.match(
    stdout,
    /^suites\/all-systems\.yaml has no mistakes: \d+ runs, about 0:\d\d\. Nothing was started\.$/m,
  )
  assert.deepEqual(runs, [])
})

test('a suite whose process is no more is known, and whoever has its id now is let be', async (t) => {
  const made = await suiteOf({ K6_BIN, url }, () => [])
  const other = spawn('sleep', ['60'])
  t.after(() => other.kill())
  const folder = join(made.results, 'suite-20261201-000000-gone-0000')
  const gone = {
    pid: other.pid,
    host: hostname(),
    started: 'another boot 1',
  }
  await mkdir(folder)
  const state = {
    format: 1,
    kind: 'suite',
    id: 'suite-20261201-000000-gone-0000',
    name: 'gone',
    file: 'x',
    command: 'x',
    process: gone,
    startedAt: '2026-12-01T00:00:00Z',
    onFailure: 'continue',
    isStrict: false,
    phases: [],
  }
  await writeFile(join(folder, 'suite.json'), JSON.stringify(state))
  const status = await also(['suite', 'status'], made)
  assert.match(status.stdout, /^NOT RUNNING .*another one has its id now, and it left no verdict$/m)
  const stop = await also(['suite', 'stop', 'suite-20261201-000000-gone-0000'], made)
  assert.equal(stop.exitCode, 2)
  assert.match(stop.stderr, /^error K6V_SUITE_NOT_RUNNING: /m)
  assert.ok(isAlive(other.pid ?? 0))
})
