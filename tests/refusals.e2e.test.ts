// What a user types wrong is said at once, with the nearest right value, and nothing is started.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { cli } from './cli.ts'

/** Nobody listens there: whoever asks it has come too far. */
const NOBODY = 'http://127.0.0.1:1'

for (const { title, args, says } of [
  {
    title: 'an unknown scenario names the nearest one',
    args: ['spik'],
    says: /^error K6V_UNKNOWN_SCENARIO: .*got "spik"; did you mean "spike"\?$/m,
  },
  {
    title: 'a word that is near nothing is not guessed at',
    args: ['zebra'],
    says: /^error K6V_UNKNOWN_SCENARIO: .*got "zebra"$/m,
  },
  {
    title: 'an unknown workload names the nearest one',
    args: ['spike', '--workload', 'beter-prompts'],
    says: /^error K6V_UNKNOWN_WORKLOAD: .*got "beter-prompts"; did you mean "better-prompts"\?$/m,
  },
  {
    title: 'an unknown option names the nearest one',
    args: ['spike', '--user', '5'],
    says: /^error K6V_WRONG_USAGE: unknown option '--user' \(Did you mean --users\?\)$/m,
  },
  {
    title: 'a value of the wrong kind names the rule',
    args: ['spike', '--users', 'many'],
    says: /^error K6V_WRONG_VALUE: Expected --users to be a whole number from 1 to \d+, got "many"$/m,
  },
  {
    title: 'a duration without a unit is refused',
    args: ['spike', '--duration', '30'],
    says: /^error K6V_WRONG_VALUE: Expected --duration to be a time from 1s to 24h .*, got "30"$/m,
  },
  {
    title: 'a rate on users is refused',
    args: ['spike', '--rate', '30'],
    says: /^error K6V_WRONG_NUMBERS: spike: Expected --users for this scenario, got --rate/m,
  },
  {
    title: 'an unknown profile names those there are',
    args: ['load', '--profile', 'paek'],
    says: /^error K6V_WRONG_NUMBERS: load: .*one of baseline, normal, peak, stress, got "paek"$/m,
  },
  {
    title: 'a password in a target is refused and not repeated',
    args: ['smoke', '--target', 'http://me:hunter2@127.0.0.1:1'],
    says: /^error K6V_TARGET_UNUSABLE: (?!.*hunter2)/m,
  },
  {
    title: 'a password in an output of runners, whose arguments are kept, is refused',
    args: ['smoke', '--kubernetes', '--out', 'influxdb=http://me:hunter2@h/db?k=hunter2'],
    says: /^error K6V_KUBERNETES_OPTION: .*, got influxdb=http:\/\/\*\*\*@h\/db\?k=\*\*\*$/m,
  },
  {
    title: 'a URL with a password in a wrong place is not repeated',
    args: ['smoke', '--duration', 'http://me:hunter2@h'],
    says: /^error K6V_WRONG_VALUE: .*, got "http:\/\/\*\*\*@h"$/m,
  },
  {
    title: 'a large load on a host that is not this machine needs a word from its owner',
    args: ['spike', '--target', 'https://api.example.com'],
    says: /^error K6V_TARGET_NOT_ALLOWED: .*1000 users to api\.example\.com, found none$/m,
  },
  {
    title: 'an SLA file with mistakes is refused with all of them',
    args: ['spike', '--sla', 'package.json'],
    says: /^error K6V_SLA_INVALID: package\.json has \d+ problems/m,
  },
]) {
  test(`${title}: exit code 2, nothing started`, async () => {
    const { exitCode, stdout, stderr, runs } = await cli(args)

    assert.equal(exitCode, 2, stdout + stderr)
    assert.match(stderr, says)
    assert.deepEqual(runs, [])
  })
}

for (const results of ['/etc/hostname', '/dev/full', '/dev/full/below', '/proc/nobody-may']) {
  test(`results in ${results}: exit code 2, and the target is not asked`, async () => {
    const env = { K6_VERDICT_RESULTS: results }
    const { exitCode, stdout, stderr } = await cli(['smoke', '--target', NOBODY], { env })

    assert.equal(exitCode, 2, stdout + stderr)
    assert.match(
      stderr,
      /^error K6V_RESULTS_UNWRITABLE: .*, got E[A-Z]+\n {2}Set K6_VERDICT_RESULTS/,
    )
    assert.equal(stdout, '')
  })
}

test('a comparison refuses such a folder too', async () => {
  const env = { K6_VERDICT_RESULTS: '/dev/full' }
  const pairs = ['compare', 'smoke', '--pairs', '5', '--baseline', NOBODY, '--candidate', NOBODY]
  const { exitCode, stderr } = await cli(pairs, { env })

  assert.equal(exitCode, 2, stderr)
  assert.match(stderr, /^error K6V_RESULTS_UNWRITABLE: /)
})

const PASSWORD = 'Hunter2-S3CR3T'

for (const { title, text, says } of [
  { title: 'that is not there', text: undefined, says: /to be a file, got none: \/.*users$/m },
  { title: 'that is a folder', text: null, says: /to be a file, got a folder, a pipe or/m },
  {
    title: 'without a header line',
    text: `alice,${PASSWORD}`,
    says: /line 1, to name the columns/,
  },
  { title: 'with one object', text: `{"password":"${PASSWORD}"}`, says: /JSON list .*one JSON/ },
  { title: 'of broken JSON', text: `[{\n"${PASSWORD}":"${PASSWORD}]`, says: /error in line 2$/m },
  { title: 'without a user', text: 'username,password', says: /at least one user in .*, got none/ },
]) {
  test(`a users file ${title} is refused, and nothing of it is shown`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'k6v-users-'))
    t.after(() => rm(folder, { recursive: true }))
    const path = join(folder, 'users')
    if (text === null) await mkdir(path)
    else if (text !== undefined) await writeFile(path, text)
    const { exitCode, stdout, stderr, runs } = await cli(['smoke'], {
      env: { AUTH_USERS_FILE: path },
    })

    assert.equal(exitCode, 2, stdout + stderr)
    assert.match(stderr, /^error K6V_USERS_FILE: Expected /)
    assert.match(stderr, says)
    assert.doesNotMatch(stdout + stderr, /Hunter2|alice/)
    assert.deepEqual(runs, [])
  })
}

test('a users file and a name are refused together', async () => {
  const env = { AUTH_USERS_FILE: 'users.csv', AUTH_USERNAME: 'alice' }
  const { exitCode, stderr, runs } = await cli(['smoke'], { env })

  assert.equal(exitCode, 2)
  assert.match(
    stderr,
    /^error K6V_USERS_FILE: Expected AUTH_USERS_FILE or AUTH_USERNAME, got both$/m,
  )
  assert.deepEqual(runs, [])
})

const TOKEN_SENDER = ['smoke', '--workload', 'tests/fixtures/fixed-token']

test('a token that is not set is missed by its name, and nothing is started', async () => {
  const { exitCode, stderr, runs } = await cli(TOKEN_SENDER)

  assert.equal(exitCode, 2, stderr)
  assert.match(stderr, /^error K6V_VARIABLE_MISSING: .*variable SHOP_TOKEN to be set, found none$/m)
  assert.deepEqual(runs, [])
})

test('what JSON.parse says of a text is not repeated', async () => {
  const env = { SHOP_TOKEN: 'x', SHOP_USERS: PASSWORD }
  const { exitCode, stdout, stderr } = await cli(TOKEN_SENDER, { env })

  assert.equal(exitCode, 2, stdout + stderr)
  assert.match(stderr, /^error K6V_SCRIPT_THREW: .*SyntaxError/)
  assert.doesNotMatch(stdout + stderr, /Hunter2/)
})
