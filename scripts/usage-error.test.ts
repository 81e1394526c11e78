import assert from 'node:assert/strict'
import type { CommanderError } from 'commander'
import { test } from 'node:test'
import { formatError } from './core/errors.ts'
import { createProgram } from './program.ts'
import { usageError } from './usage-error.ts'

for (const [typed, says] of [
  ['load --frobnicate', /unknown option '--frobnicate'\n {2}"npm run k6 -- load --help" lists/],
  ['load --targt x', /\(Did you mean --target\?\)\n {2}"npm run k6 -- load --help"/],
  ['suite stop a b', /too many arguments.*\n {2}"npm run k6 -- suite stop --help"/],
  ['--frobnicate', /unknown option .*\n {2}"npm run k6 -- --help" lists the commands\.$/],
  ['plan', /Expected one of check, convert, .*, got none\n {2}"npm run k6 -- plan --help"/],
  ['plan chek x', /behind "plan", got "chek"; did you mean "check"\?\n/],
  ['plan zebra', /behind "plan", got "zebra"\n/],
  ['lod', /got "lod"; did you mean "load"\?\n/],
  ['zebra', /got "zebra"\n {2}Commands: run, .*\n {2}Scenarios: .* and \d+ of single workloads;/],
] as const) {
  test(`"${typed}" is told what is valid there, and where to look`, async () => {
    assert.match(formatError(await refusalOf(typed.split(' '))), says)
  })
}

test('no refusal lists the scenarios of single workloads', async () => {
  assert.doesNotMatch(formatError(await refusalOf(['zebra'])), /canvas-reads/)
})

async function refusalOf(argv: string[]): Promise<Error> {
  const program = createProgram(() => undefined, argv)
  const error = await program.parseAsync(argv, { from: 'user' }).catch((thrown: unknown) => thrown)
  return usageError(error as CommanderError, { program, argv })
}
