import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { oneRun, readText } from '../../tests/support/suite/example-suite.ts'

async function refusal(text: string): Promise<string> {
  let said = ''
  await assert.rejects(readText(text), (error: Error) => ((said = error.message), true))
  return said
}

describe('a mistake is told with its line, what is valid, and what was meant', () => {
  const cases: [title: string, text: string, says: RegExp][] = [
    [
      'an unknown key',
      oneRun('{ scenario: smoke }', 'sucess: {}\n'),
      /line 2, sucess: .*\n.*Did you mean "success"/,
    ],
    [
      'an unknown scenario',
      oneRun('{ scenario: smok }'),
      /line 5, phases\[0\]\.runs\[0\]\.scenario: .*\n.*"smoke"/,
    ],
    [
      'an unknown option',
      oneRun('{ scenario: smoke, usrs: 3 }'),
      /usrs: expected a known option.*\n.*"users"/,
    ],
    [
      'a plan in place of a suite',
      'name: shop\noperations: {}\nload: { shape: constantUsers }\n',
      /to be a suite, got a plan/,
    ],
    ['kebab-case', oneRun('{ scenario: smoke, time-scale: 0.1 }'), /time-scale: .*\n.*"timeScale"/],
    [
      'a wrong value',
      oneRun('{ scenario: smoke, users: many }'),
      /users: expected a whole number from 1 to/,
    ],
    ['a wrong choice', oneRun('{ scenario: load, model: opn }'), /model: .*got "opn"\n.*"open"/],
    [
      'a value for a flag',
      oneRun('{ scenario: smoke, strict: 3 }'),
      /strict: expected true or false, got 3/,
    ],
    [
      'a flag for a value',
      oneRun('{ scenario: smoke, users: true }'),
      /users: expected a value, got true/,
    ],
    [
      'a list for one value',
      oneRun('{ scenario: smoke, users: [1, 2] }'),
      /users: expected one value/,
    ],
    [
      'no value at all',
      oneRun('{ scenario: smoke, users: }'),
      /users: expected a string, or a number, or true or false, or a list, got null/,
    ],
    [
      'neither',
      oneRun('{ users: 3 }'),
      /runs\[0\]: expected one of "scenario", "plan" and "script", got none of them/,
    ],
    [
      'both',
      oneRun('{ scenario: smoke, script: x.js }'),
      /one of "scenario", "plan" and "script", got "scenario" and "script"/,
    ],
    ['a missing script', oneRun('{ script: not-there.js }'), /script: expected a file/],
    [
      'a flag that k6 has not',
      oneRun('{ script: x.js, flags: [--vuss] }'),
      /flags: expected flags of "k6 run"/,
    ],
    [
      'an option that fits no script',
      oneRun('{ script: x.js, target: h }'),
      /target: expected an option that fits/,
    ],
    [
      'INVALID allowed',
      oneRun('{ scenario: smoke, allowed: [INVALID] }'),
      /INVALID cannot be allowed/,
    ],
    [
      'an unknown workload',
      oneRun('{ scenario: smoke, workload: beter-prompts }'),
      /workload: .*\n.*"better-prompts"/,
    ],
    [
      'a workload that lacks a part',
      oneRun('{ scenario: dashboard, workload: value-canvas }'),
      /dashboard\.ts/,
    ],
    [
      'a broken SLA file',
      oneRun('{ scenario: smoke, sla: package.json }'),
      /sla: expected an SLA file without/,
    ],
    [
      'a default that nobody has',
      oneRun('{ scenario: smoke }', 'defaults: { userz: 1 }\n'),
      /line 2, defaults\.userz/,
    ],
    [
      'a key that stands twice',
      oneRun('{ scenario: smoke }', 'name: two\n'),
      /line 2, column 1: this key stands twice/,
    ],
    ['no YAML', 'name: [', /line 1, column 8: Flow sequence/],
    ['a list', '- a', /the file: expected an object, got \["a"\]/],
    ['an empty file', '', /the file: expected an object, got null/],
    ['aliases that grow', growing(), /aliases \(\*name\) stand for more than 100 values/],
    ['a list that holds itself', 'name: a\nphases: &p [*p]', /nested more than 50 levels/],
    ['a run that holds itself', 'name: a\nphases: &p [{ name: a, runs: *p }]', /nested more than/],
    ['two documents', 'name: a\n---\nname: b', /line 2, column 1: a second document begins here/],
    ['a key that is a list', '? [a]\n: 1', /a key has to be text/],
    ['a folder for a script', oneRun('{ script: lib }'), /script: expected a file, got "lib"/],
    ['a list for a script', oneRun('{ script: [x] }'), /script: expected a string, got \["x"\]/],
    [
      'a number for a flag',
      oneRun('{ script: x.js, flags: [5] }'),
      /flags\[0\]: expected a string, got 5/,
    ],
    [
      'a plan for a script',
      oneRun('{ script: shop.yaml }'),
      /script: expected a k6 script, .*\n.*"plan"/,
    ],
    ['a script for a plan', oneRun('{ plan: x.js }'), /plan: expected a plan as .yaml/],
    [
      'a plan that is missing',
      oneRun('{ plan: x.yaml }'),
      /plan: expected a plan .*\n.*got no file/,
    ],
    [
      'a plan with mistakes',
      oneRun('{ plan: suites/all-systems.yaml }'),
      /plan: expected a plan without mistakes.*\n.*got a suite: phases of runs/,
    ],
    [
      'a workload beside a plan',
      oneRun('{ plan: plans/templates/crud.yaml, workload: cost-agent }'),
      /workload: expected a known option/,
    ],
    [
      'a command that may take no time',
      oneRun('{ scenario: smoke }', 'commandTimeout: 0s\n'),
      /line 2, commandTimeout: expected a time from 1s to 24h, got "0s"/,
    ],
    [
      'a command that may take longer than a timer',
      oneRun('{ scenario: smoke }', 'commandTimeout: 600h\n'),
      /commandTimeout: expected a time from 1s to 24h/,
    ],
  ]
  for (const [title, text, says] of cases) {
    test(title, async () => assert.match(await refusal(text), says))
  }
})

function growing(): string {
  const lists = 'bcdefghij'.split('').map((name, index) => {
    const before = `*${'abcdefghi'[index] ?? ''}`
    return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`
  })
  return ['a: &a [1]', ...lists].join('\n')
}

test('a value of the wrong type is told once, and what stands beside it is checked', async () => {
  const said = await refusal(
    oneRun('{ scenario: smoke, users: , target: { a: b }, rate: x }', 'defaults: { seed: }\n'),
  )
  const places = [...said.matchAll(/line \d+, (\S+):/g)].map(([, path]) => path)
  assert.deepEqual(places, [
    'defaults.seed',
    ...['users', 'target', 'rate'].map((key) => `phases[0].runs[0].${key}`),
  ])
})

test('all mistakes are told at once, in the order of their lines', async () => {
  const said = await refusal(
    'name: Two\nphases:\n  - name: a\n    runs: [{ scenario: x }]\n    parallel: 3\n',
  )
  assert.deepEqual(
    [...said.matchAll(/line (\d+), (\S+):/g)].map(([, line, path]) => `${line} ${path}`),
    ['1 name', '4 phases[0].runs[0].scenario', '5 phases[0].parallel'],
  )
})
