import { Command } from 'commander'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ToolkitError } from '../core/errors.ts'
import { addScalingOptions, checkScalingUsage, type ScalingOptions } from './scaling-options.ts'

function read(...args: string[]): ScalingOptions {
  const command = addScalingOptions(new Command('scaling').exitOverride())
  command.parse(args, { from: 'user' })
  const options = command.opts<ScalingOptions>()
  checkScalingUsage(options)
  return options
}

const TARGET = ['--target', 'http://127.0.0.1:1']
const SCALED = [...TARGET, '--scale-command', 'scale {replicas}', '--scale-back', '2']

test('the sandbox needs nothing, a target a command and what it is set back to', () => {
  assert.deepEqual(read().replicas, [1, 2, 4, 8])
  assert.equal(read('--efficiency', '85%').efficiency, 0.85)
  const { replicas, scaleBack, scaleTimeout } = read(...SCALED, '--replicas', '4,1,2,2')
  assert.deepEqual([replicas, scaleBack, scaleTimeout], [[1, 2, 4], 2, '2m'])
})

for (const [args, code, problem] of [
  [TARGET, 'K6V_WRONG_USAGE', /^--target needs --scale-command/],
  [['--scale-command', 'true'], 'K6V_WRONG_USAGE', /needs --target.*{replicas} in.*--scale-back/],
  [['--scale-ready', 'true'], 'K6V_WRONG_USAGE', /need --scale-command/],
  [['--rate', '5', '--profile', 'peak'], 'K6V_WRONG_USAGE', /--rate, --profile: not with/],
  [['--prometheus-trend-stats'], 'K6V_WRONG_USAGE', /--prometheus-trend-stats: not with scaling/],
  [['--replicas', '4'], 'K6V_WRONG_VALUE', /--replicas to be 2 to 12 different whole numbers/],
  [['--replicas', '1,two'], 'K6V_WRONG_VALUE', /got "1,two"/],
  [['--replicas', '0,1'], 'K6V_WRONG_VALUE', /got "0,1"/],
  [['--replicas', '1,65'], 'K6V_WRONG_VALUE', /got "1,65"/],
  [['--efficiency', '120%'], 'K6V_WRONG_VALUE', /--efficiency to be a share/],
  [['--efficiency', '85'], 'K6V_WRONG_VALUE', /such as 85%/],
  [['--scale-timeout', 'soon'], 'K6V_WRONG_VALUE', /--scale-timeout to be a time/],
] as const) {
  test(`${args.join(' ')} is refused`, () => {
    assert.throws(
      () => read(...args),
      (error) =>
        error instanceof ToolkitError && error.code === code && problem.test(error.message),
    )
  })
}

test('what is refused is not in the help, and what is taken is', () => {
  const help = addScalingOptions(new Command('scaling')).helpInformation()
  assert.doesNotMatch(help, /--(rate|segment|start-at|profile|prometheus)/)
  assert.match(help, /--mix/)
})
