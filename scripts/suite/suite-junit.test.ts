import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createVerdict } from '../../tests/support/report/example-verdict.ts'
import type { Judgement } from '../verdict/verdict.ts'
import { createRun, createState, createUnstarted } from '../../tests/support/suite/example-suite.ts'
import { judgeSuite } from './judge-suite.ts'
import { suiteJunit } from './suite-junit.ts'
import type { RunState, SuiteState } from './suite-state.ts'

let results: string
before(async () => {
  results = await mkdtemp(join(tmpdir(), 'k6v-junit-'))
})
after(() => rm(results, { recursive: true }))

async function run(judgement: Judgement, changes: Partial<RunState> = {}): Promise<RunState> {
  const made = createRun(judgement, changes)
  const folder = `${judgement.verdict}-${String(changes.number ?? 1)}`
  await mkdir(join(results, folder), { recursive: true })
  const file = createVerdict({ ...judgement })
  await writeFile(join(results, folder, 'verdict.json'), JSON.stringify(file))
  assert.ok(made.outcome)
  return { ...made, outcome: { ...made.outcome, folder } }
}

async function xmlOf(runs: RunState[], changes: Partial<SuiteState> = {}) {
  const state = createState(runs, changes)
  const result = judgeSuite(state, 60)
  const xml = await suiteJunit({ ...state, result }, join(results, 'suite-1'))
  return { xml, exitCode: result.exitCode, isRed: /<(failure|error) /.test(xml) }
}

test('each run is a test suite, and one more says what no run shows', async () => {
  const { xml } = await xmlOf([await run({ verdict: 'PASS' }), createUnstarted({ number: 2 })])
  assert.equal(xml.match(/<testsuite /g)?.length, 3)
  assert.equal(xml.match(/<testsuites /g)?.length, 1)
  assert.match(xml, /<testsuite name="2 load" tests="1" failures="0" errors="1"/)
})

describe('some case is red exactly when the exit code is not 0', () => {
  const cases: [title: string, runs: () => Promise<RunState[]>, changes?: Partial<SuiteState>][] = [
    ['all pass', async () => [await run({ verdict: 'PASS' })]],
    ['one fails', async () => [await run({ verdict: 'FAIL' })]],
    ['FAIL is allowed', async () => [await run({ verdict: 'FAIL' }, { allowed: ['FAIL'] })]],
    ['PASS is not allowed', async () => [await run({ verdict: 'PASS' }, { allowed: ['FAIL'] })]],
    ['a close PASS', async () => [await run({ verdict: 'PASS', isClose: true })]],
    [
      'a close PASS, strict',
      async () => [await run({ verdict: 'PASS', isClose: true })],
      { isStrict: true },
    ],
    [
      'stopped after its last run',
      async () => [await run({ verdict: 'PASS' })],
      { isStopped: true },
    ],
    ['never started', () => Promise.resolve([createUnstarted()])],
    ['a verdict that is gone', () => Promise.resolve([createRun({ verdict: 'FAIL' })])],
  ]
  for (const [title, runs, changes] of cases) {
    test(title, async () => {
      const { exitCode, isRed, xml } = await xmlOf(await runs(), changes)
      assert.equal(isRed, exitCode !== 0, xml)
    })
  }
})
