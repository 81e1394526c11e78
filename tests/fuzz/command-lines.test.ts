// Whatever is typed, it is understood or refused with one error. Nothing is started: the commands do nothing here.
import assert from 'node:assert/strict'
import { CommanderError } from 'commander'
import { test } from 'node:test'
import { pick, type Random } from '../../lib/random.ts'
import { formatError, ToolkitError } from '../../scripts/core/errors.ts'
import { createProgram } from '../../scripts/program.ts'
import { usageError } from '../../scripts/usage-error.ts'
import { below, fuzz } from './mutate.ts'

const CASES = 500

const VALUES = [
  ...['', '0', '-1', '1e999', 'NaN', '10', '30s', '0s', '5m', '1/2', '3/2', '1/0', 'x', '--', '-'],
  ...['http://127.0.0.1:1', 'http://me:hunter2@127.0.0.1:1', 'us-east=http://x', '\0', 'é\n\tz'],
  ...[
    '__proto__',
    'constructor',
    '9'.repeat(400),
    '"',
    "'; rm -rf x",
    '\u001b[31m',
    'latest',
    '..',
  ],
]

test(`${CASES} command lines`, { timeout: 300_000 }, async () => {
  const { commands, options } = words()
  await fuzz({
    seed: 4,
    cases: CASES,
    create: (random) => commandLine(random, commands, options),
    check: async (argv) => {
      const error = await refusal(argv)
      if (error === undefined) return
      assert.equal(error.exitCode, 2)
      const text = formatError(error)
      assert.match(text, /^error K6V_\w+: /)
      assert.equal(text.match(/^error /gm)?.length, 1)
      assert.doesNotMatch(text, /^ +at .*:\d+:\d+|hunter2/m)
    },
  })
})

function words(): { commands: string[]; options: string[] } {
  const { commands } = createProgram(() => undefined)
  const options = commands.flatMap((each) => each.options.map(({ long }) => long ?? ''))
  return { commands: commands.map((each) => each.name()), options: [...new Set(options)] }
}

function commandLine(random: Random, commands: string[], options: string[]): string[] {
  const all = [...commands, ...options, ...VALUES, '--help', '--version', '--nonsense']
  const first = random() < 0.9 ? [pick(random, commands)] : []
  const rest = Array.from({ length: below(random, 6) }, () => {
    if (random() < 0.6) return [pick(random, options), pick(random, VALUES)]
    return [pick(random, all)]
  })
  return [...first, ...rest.flat()]
}

/** What is said of a command line; undefined where it is understood. */
async function refusal(argv: string[]): Promise<ToolkitError | undefined> {
  const program = createProgram(() => undefined)
  for (const command of [program, ...program.commands]) {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
  }
  for (const command of program.commands) command.action(() => undefined)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return undefined
  } catch (error) {
    if (error instanceof ToolkitError) return error
    assert(error instanceof CommanderError, String(error))
    return error.exitCode === 0 ? undefined : usageError(error, { program, argv })
  }
}
