import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { realK6 } from '../../tests/k6.ts'
import { K6_FLAGS } from './k6-flags.ts'
import { scriptArguments } from './script-arguments.ts'

const OWN = [
  { long: '--sla', required: true, optional: false },
  { long: '--duration', required: true, optional: false },
  { long: '--strict', required: false, optional: false },
  { long: '--prometheus', required: false, optional: true },
]

function taken(words: string): [script: string, flags: string, own: string] {
  const { script, flags, own } = scriptArguments(words.split(' '), OWN)
  const shown = flags.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`))
  return [script, shown.join(' '), own.join(' ')]
}

describe('the words of run', () => {
  const cases: [words: string, script: string, flags: string, own: string][] = [
    ['a.js', 'a.js', '', ''],
    ['--vus 5 -i 10 a.js', 'a.js', 'vus=5 iterations=10', ''],
    ['-u5 -u=6 --vus=7 a.js', 'a.js', 'vus=5 vus=6 vus=7', ''],
    ['a.js --out json=a,b.json -q', 'a.js', 'out=json=a,b.json quiet', ''],
    ['--http-debug a.js --http-debug=full', 'a.js', 'http-debug http-debug=full', ''],
    ['--no-setup --sla s.json a.js --strict', 'a.js', 'no-setup', '--sla s.json --strict'],
    ['--duration 5s a.js -- --duration 6s', 'a.js', 'duration=6s', '--duration 5s'],
    ['-d 5s a.js', 'a.js', 'duration=5s', ''],
    ['--prometheus a.js', 'a.js', '', '--prometheus'],
    ['--prometheus http://h:9090 a.js', 'a.js', '', '--prometheus http://h:9090'],
    ['-- -e A=b a.js', 'a.js', 'env=A=b', ''],
    ['--sla=s.json a.ts', 'a.ts', '', '--sla=s.json'],
  ]
  for (const [words, ...expected] of cases) {
    test(words, () => assert.deepEqual(taken(words), expected))
  }
})

for (const [words, code] of [
  ['--duraton 5s a.js', 'K6V_UNKNOWN_FLAG'],
  ['a.js --vus', 'K6V_UNKNOWN_FLAG'],
  ['a.js -- --sla s.json', 'K6V_UNKNOWN_FLAG'],
  ['a.js b.js', 'K6V_SEVERAL_SCRIPTS'],
  ['--strict', 'K6V_NO_SCRIPT'],
] as const) {
  test(`${words} is refused`, () => assert.throws(() => taken(words), { code }))
}

test('an unknown flag names the nearest', () => {
  assert.throws(() => taken('--iteration 5 a.js'), { message: /did you mean "--iterations"\?/ })
  assert.throws(() => taken('--frobnicate a.js'), { message: /got "--frobnicate"$/ })
  assert.throws(() => taken('a.js --vus'), { message: 'Expected a value behind "--vus", got none' })
})

test('the flags are those of k6 itself', async () => {
  const { path } = await realK6()
  const help = execFileSync(path, ['run', '--help'], { encoding: 'utf8' })
  const said = [...help.matchAll(/^ {2}(?:-(\w), | {4})--([\w-]+)( \w+)?/gm)]
  const known = said.map(([, short = '', name = '', value]) => [name, short, value !== undefined])
  const ours = Object.entries(K6_FLAGS).map(([name, { short = '', isAlone = false }]) => {
    return [name, short, !isAlone]
  })
  const isOfRun = ([name]: unknown[]): boolean => name !== 'help' && name !== 'http-debug'
  assert.deepEqual(
    ours.filter(isOfRun).map(String).sort(),
    known.filter(isOfRun).map(String).sort(),
  )
})
