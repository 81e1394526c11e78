import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Command } from 'commander'
import { addRunOptions, type RunOptions } from './run-options.ts'

function maxMemoryOf(text: string): number | undefined {
  const command = addRunOptions(new Command('spike')).exitOverride()
  return command.parse(['--max-memory', text], { from: 'user' }).opts<RunOptions>().maxMemory
}

test('--max-memory is a size with its unit', () => {
  assert.deepEqual(['64MB', '4GB', '1.5GB', '512MiB', '2 GiB'].map(maxMemoryOf), [
    64e6,
    4e9,
    1.5e9,
    2 ** 29,
    2 ** 31,
  ])
})

for (const text of ['4', '4G', '63MB', '-1GB', '0GB', 'GB', '1e3MB', '4GB of it']) {
  test(`${text} is refused as one`, () => {
    assert.throws(() => maxMemoryOf(text), {
      code: 'K6V_WRONG_VALUE',
      message: `Expected --max-memory to be a size of at least 64MB, such as 800MB or 4GB, got "${text}"`,
    })
  })
}
