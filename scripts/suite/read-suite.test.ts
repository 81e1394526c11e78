import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { scenarioFiles } from '../plan/scenario-files.ts'
import { OWN_KEYS } from './suite-file.ts'
import { commands, oneRun, readText } from '../../tests/support/suite/example-suite.ts'

async function wordsOf(run: string, head = ''): Promise<string[]> {
  const { phases } = await readText(oneRun(run, head))
  return phases[0]?.runs[0]?.words ?? []
}

describe('a run becomes the words of its command line', () => {
  const cases: [run: string, words: string[], head?: string][] = [
    ['{ scenario: smoke }', ['smoke']],
    ['{ scenario: load, profile: peak, users: 5 }', ['load', '--profile', 'peak', '--users', '5']],
    ['{ scenario: spike, strict: true, keepRaw: false }', ['spike', '--strict']],
    ['{ scenario: breakpoint, secondPass: false }', ['breakpoint', '--no-second-pass']],
    ['{ scenario: breakpoint, secondPass: true }', ['breakpoint']],
    ['{ scenario: smoke, prometheus: true }', ['smoke', '--prometheus']],
    ['{ scenario: smoke, prometheus: "http://h" }', ['smoke', '--prometheus=http://h']],
    ['{ scenario: smoke, out: [a, b=c] }', ['smoke', '--out', 'a', '--out', 'b=c']],
    [
      '{ scenario: smoke, timeScale: 0.5 }',
      ['smoke', '--time-scale', '0.5', '--seed', '7'],
      'defaults: { timeScale: 0.1, seed: 7 }\n',
    ],
    [
      '{ plan: plans/templates/crud.yaml, users: 5 }',
      ['run', '--users', '5', '--time-scale', '0.1', 'plans/templates/crud.yaml'],
      'defaults: { timeScale: 0.1, workload: better-prompts }\n',
    ],
    [
      '{ script: tests/scripts/typed.ts, flags: [--vus, "5"], strict: true }',
      ['run', '--strict', '--vus', '5', 'tests/scripts/typed.ts'],
      'defaults: { timeScale: 0.1 }\n',
    ],
  ]
  for (const [run, words, head] of cases) {
    test(run, async () => assert.deepEqual(await wordsOf(run, head), words))
  }
})

test('an option of the suite itself replaces that of each scenario', async () => {
  const { phases } = await readText(oneRun('{ scenario: smoke, timeScale: 0.5 }'), {
    timeScale: 0.02,
  })
  assert.deepEqual(phases[0]?.runs[0]?.words, ['smoke', '--time-scale', '0.02'])
})

test('a target of the suite itself is that of each run that names none', async () => {
  const head = 'defaults: { target: [http://a] }\n'
  const wordsWith = async (run: string) => {
    const { phases } = await readText(
      oneRun(run, head),
      {},
      { target: ['http://b', 'eu=http://c'] },
    )
    return phases[0]?.runs[0]?.words
  }
  const [both, own] = [
    ['--target', 'http://b', '--target', 'eu=http://c'],
    ['--target', 'http://d'],
  ]
  assert.deepEqual(await wordsWith('{ scenario: smoke }'), ['smoke', ...both])
  assert.deepEqual(await wordsWith('{ scenario: smoke, target: [http://d] }'), ['smoke', ...own])
  const script = 'tests/scripts/typed.ts'
  assert.deepEqual(await wordsWith(`{ script: ${script} }`), ['run', script])
})

test('what a run may end with is its own word, else that of the suite, else PASS', async () => {
  const head = 'success: { allowed: [PASS, NO_DATA], onFailure: stop }\n'
  const allowed = async (run: string, some = head) => {
    const suite = await readText(oneRun(run, some))
    return suite.phases[0]?.runs[0]?.allowed
  }
  assert.deepEqual(await allowed('{ scenario: smoke }', ''), ['PASS'])
  assert.deepEqual(await allowed('{ scenario: smoke }'), ['PASS', 'NO_DATA'])
  assert.deepEqual(await allowed('{ scenario: smoke, allowed: [FAIL] }'), ['FAIL'])
  assert.deepEqual(await allowed('{ scenario: smoke, mustPass: true }'), ['PASS'])
})

test('no option of a run is called as a key of the suite is', () => {
  const names = ['run', ...scenarioFiles().map(({ name }) => name)]
  const options = commands
    .filter((command) => names.includes(command.name()))
    .flatMap((command) => command.options.map((each) => each.attributeName()))
  assert.ok(options.includes('timeScale'))
  assert.deepEqual(
    OWN_KEYS.filter((key) => options.includes(key)),
    [],
  )
})
