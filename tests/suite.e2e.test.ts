// A suite as its user sees it: real runs in order and at once, watched and stopped from another terminal.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RunningSandbox, startSandbox } from '../scripts/plan/sandbox-process.ts'
import { readSuiteState, runsOf } from '../scripts/suite/suite-state.ts'
import { retryIfStarved } from './cli.ts'
import { realK6 } from './k6.ts'
import { assertGone, descendants } from './processes.ts'
import { also, started, suiteOf } from './suite-run.ts'

let sandbox: RunningSandbox
let K6_BIN: string

before(async () => {
  K6_BIN = (await realK6()).path
  sandbox = await startSandbox()
})
after(() => sandbox.stop())

const SLA = 'tests/fixtures/lenient-sla.json'

/** One in order, then two at once, of which one misses its SLA. */
const THREE = [
  { name: 'alive', runs: [{ scenario: 'smoke', mustPass: true }], prepare: ['echo to be seen'] },
  {
    name: 'both',
    parallel: true,
    runs: [
      { scenario: 'sustained', users: 20, duration: '2s', sla: SLA },
      {
        ...{ name: 'instant', scenario: 'load', profile: 'baseline', users: 20, duration: '2s' },
        sla: 'tests/fixtures/impossible-sla.json',
      },
    ],
    cleanup: ['false'],
  },
]

/** Makes them, and asks for their status while both of the last phase run. */
async function threeRuns() {
  const made = await suiteOf({ K6_BIN, url: sandbox.url }, () => THREE)
  const { exited, folder, said } = await started(made, ({ phases }) => {
    return phases[1]?.runs.every(({ startedAt }) => startedAt !== undefined) ?? false
  })
  const status = await also(['suite', 'status'], made)
  const exitCode = await exited
  const runs = (await readdir(made.results)).map((name) => join(made.results, name))
  return { made, runs, folder, status: status.stdout, exitCode, said: said() }
}

test('runs in order and at once end in one verdict and one report', async () => {
  const ran = await retryIfStarved('three runs of a suite', threeRuns)
  const { folder, said, made } = ran
  assert.match(
    ran.status,
    /^RUNNING {2}suite-\S+-three-\w+ for 0:\d\d: both, run 2 and 3 of 3, about 0:\d\d left/,
  )
  assert.match(ran.status, /^1 +smoke +smoke +better-prompts +PASS/m)
  const verdicts = runsOf(await readSuiteState(folder)).map(({ outcome }) => outcome?.verdict)
  // Runs at once may take the CPU from each other, more so beside other tests: then the suite has to say that.
  const isStarved =
    verdicts.slice(1).includes('INVALID') && /waited for a CPU|No CPU was/.test(said)
  if (!isStarved) {
    assert.deepEqual(verdicts, ['PASS', 'PASS', 'FAIL'], said)
    assert.match(said, /suite three \(.*\): 2 of 3 runs ended as allowed$/m)
    assert.match(said, /^ {2}3 instant: .*instant.*expected < 1ms/m)
  }
  const word = isStarved ? 'INVALID' : 'FAIL'
  const code = isStarved ? 91 : 99
  assert.equal(ran.exitCode, code, said)
  assert.match(said, new RegExp(`^${word}.* suite three \\(`, 'm'))
  assert.match(said, /2 runs at once: they share this machine's \d+ CPUs/)
  assert.match(said, /The cleanup of both failed: "false" ended with exit code 1/)
  await assertReports(folder, { results: made.results, word })
  const again = await also(['suite', 'status', folder], made)
  assert.match(again.stdout, new RegExp(`^${word}.* suite three`))
})

async function assertReports(
  folder: string,
  { results, word }: { results: string; word: string },
): Promise<void> {
  const page = await readFile(join(folder, 'report.html'), 'utf8')
  const links = [...page.matchAll(/href="\.\.\/([^"]+)"/g)].map(([, path = '']) => path)
  assert.ok(links.length >= 3 && links.every((path) => existsSync(join(results, path))), page)
  assert.doesNotMatch(page, /(src|href)="https?:/)
  const markdown = await readFile(join(folder, 'report.md'), 'utf8')
  assert.match(markdown, new RegExp(`^## ${word}.*: suite three\n`))
  assert.match(await readFile(join(folder, 'alive-prepare-1.log'), 'utf8'), /^to be seen$/m)
  const junit = await readFile(join(folder, 'junit.xml'), 'utf8')
  assert.equal(junit.match(/<testsuite /g)?.length, 4, junit)
  assert.match(junit, /<(failure|error) /)
}

test('a suite that is stopped ends its k6, cleans up and reports what was measured', async () => {
  const made = await suiteOf({ K6_BIN, url: sandbox.url }, (folder) => {
    const run = { scenario: 'load', profile: 'baseline', users: 3, duration: '300s', sla: SLA }
    return [
      { name: 'long', runs: [run], cleanup: [`echo > ${folder}/cleaned`] },
      { name: 'never', runs: [run], prepare: [`echo > ${folder}/never`] },
    ]
  })
  const { child, exited, folder, said } = await started(made, ({ phases: [first] }) => {
    return first?.runs[0]?.startedAt !== undefined
  })
  const log = join(folder, 'run-1.log')
  while (!/requests\/s/.test(await readFile(log, 'utf8').catch(() => ''))) {
    assert.equal(child.exitCode, null, said())
    await sleep(50)
  }
  const pids = descendants(child.pid ?? 0)
  assert.ok(pids.length >= 2, `${pids.length} processes`)
  const stop = await also(['suite', 'stop'], made)
  assert.equal(stop.exitCode, 0, stop.stderr)
  assert.match(stop.stdout, /was told to stop[^]*INVALID {2}suite three/)

  assert.equal(await exited, 105, said())
  await assertGone(pids)
  assert.deepEqual(await readdir(made.folder), ['cleaned', 'suite.yaml'])
  const { phases, result } = await readSuiteState(folder)
  assert.equal(phases[0]?.runs[0]?.exitCode, 105)
  assert.equal(phases[1]?.runs[0]?.notStarted, 'stopped')
  assert.match(result?.reasons[0] ?? '', /^Stopped by the user after \d+ s/)
  assert.ok(existsSync(join(folder, 'report.html')))
  const second = await also(['suite', 'stop'], made)
  assert.equal(second.exitCode, 2)
  assert.match(second.stderr, /^error K6V_SUITE_NOT_RUNNING: .*it has ended already$/m)
})

test('Ctrl+C ends a preparation, the phase is cleaned up, and no run begins', async () => {
  const made = await suiteOf({ K6_BIN, url: sandbox.url }, (folder) => [
    {
      name: 'slow',
      prepare: ['sleep 300'],
      cleanup: [`echo > ${folder}/cleaned`],
      runs: [{ scenario: 'smoke' }],
    },
  ])
  const { child, exited, folder, said } = await started(made, ({ phases: [first] }) => {
    return first?.stage === 'preparing'
  })
  while (descendants(child.pid ?? 0).length === 0) await sleep(20)
  const pids = descendants(child.pid ?? 0)
  child.kill('SIGINT')
  assert.equal(await exited, 105, said())
  await assertGone(pids)
  assert.deepEqual(await readdir(made.folder), ['cleaned', 'suite.yaml'])
  const { phases } = await readSuiteState(folder)
  assert.match(phases[0]?.prepare[0]?.trouble ?? '', /as you stopped it/)
  assert.equal(phases[0]?.runs[0]?.startedAt, undefined)
})
