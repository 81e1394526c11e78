import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import { addCloudOptions, cloudOptionsOf, isInCloud, refuseLocalOptions } from './cloud-options.ts'
import { addRunOptions, type RunOptions } from './run-options.ts'

function parsed(...args: string[]): RunOptions {
  const command = addCloudOptions(addRunOptions(new Command('spike'))).exitOverride()
  return command.parse(args, { from: 'user' }).opts<RunOptions>()
}

test('load zones make the load unless k6 is to run here', () => {
  assert.equal(isInCloud(parsed()), false)
  assert.equal(isInCloud(parsed('--cloud', '--cloud-project', '12')), true)
  assert.equal(isInCloud(parsed('--cloud', '--local-execution')), false)
  assert.deepEqual(cloudOptionsOf(parsed('--cloud', '--cloud-stack', '2000000')).cloudStack, 2e6)
})

test('--local-execution without --cloud is a mistake', () => {
  assert.throws(() => isInCloud(parsed('--local-execution')), { code: 'K6V_WRONG_USAGE' })
})

for (const args of [
  ['--out', 'json=a.json'],
  ['--web-dashboard'],
  ['--keep-raw'],
  ['--prometheus'],
  ['--region-latency', 'default'],
  ['--max-memory', '1GB'],
]) {
  test(`${args[0]} is refused where no k6 runs here`, () => {
    assert.throws(() => refuseLocalOptions(parsed('--cloud', ...args)), {
      code: 'K6V_WRONG_USAGE',
      message: new RegExp(`^${args[0]} cannot be combined with --cloud`),
    })
  })
}

test('plain --cloud is fine', () => refuseLocalOptions(parsed('--cloud', '--users', '5')))
