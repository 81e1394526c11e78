import { Command } from 'commander'
import { basename } from 'node:path'
import { scenarioFiles } from '../run/scenario-files.ts'
import { type Problem, quote, unknownName } from '../sla/problem.ts'
import { checkNamedFiles } from './check-named-files.ts'
import { checkOptions } from './check-options.ts'
import { checkScript } from './check-script.ts'
import type { SuiteReading } from './read-suite.ts'
import { type AllowedVerdict, type RawRun, type RawSuite, type SuiteRun } from './suite-file.ts'

/** What of a suite holds for all of its runs. */
export interface RunContext extends SuiteReading {
  defaults: NonNullable<RawSuite['defaults']>
  success: NonNullable<RawSuite['success']>
}

/** A run as a command line, or everything that is wrong with it. */
export type CheckedRun = { run: SuiteRun } | { problems: Problem[] }

/** Makes the command line of one run, by the options that its command declares. */
export async function checkRun(
  raw: RawRun,
  path: string,
  context: RunContext,
): Promise<CheckedRun> {
  const { commands, env } = context
  const problems = [...kindProblems(raw, path), ...criteriaProblems(raw, path)]
  const command = commandOf(raw, commands)
  if (!command) return { problems }
  const given = checkOptions(raw, path, { command, context })
  problems.push(...given.problems)
  if (raw.script !== undefined) problems.push(...checkScript(raw, path, { command, env }))
  const options = read(command, given.words)
  problems.push(...(await checkNamedFiles({ scenario: raw.scenario, options }, path, given.keys)))
  if (problems.length > 0) return { problems }
  const { scenario, script, flags = [] } = raw
  const words = [...(script === undefined ? [command.name()] : ['run']), ...given.words]
  return {
    run: {
      ...{ path, label: labelOf(raw), options },
      words: script === undefined ? words : [...words, ...flags, script],
      ...(scenario !== undefined && { scenario }),
      ...(script !== undefined && { script }),
      allowed: allowedOf(raw, context),
    },
  }
}

function kindProblems({ scenario, script, flags }: RawRun, path: string): Problem[] {
  if ((scenario === undefined) === (script === undefined)) {
    const found = scenario === undefined ? 'neither' : 'both'
    const hint = 'For instance "scenario: smoke"; "npm run k6 -- list" shows all scenarios.'
    return [{ path, expected: 'either "scenario" or "script"', found, hint }]
  }
  const known = scenarioFiles().map(({ name }) => name)
  const fault = typeof scenario === 'string' ? unknownName('scenario', scenario, known) : undefined
  const hint = 'Flags of k6 go with "script"; a scenario has its options as keys of the run.'
  return [
    ...(fault ? [{ path: `${path}.scenario`, ...fault }] : []),
    ...(script === undefined && flags !== undefined
      ? [
          {
            path: `${path}.flags`,
            expected: 'no flags beside "scenario"',
            found: quote(flags),
            hint,
          },
        ]
      : []),
  ]
}

function criteriaProblems({ mustPass, allowed }: RawRun, path: string): Problem[] {
  if (mustPass !== true || allowed === undefined) return []
  const hint = 'mustPass means that only PASS is allowed: remove one of them.'
  return [
    { path: `${path}.mustPass`, expected: 'either "mustPass" or "allowed"', found: 'both', hint },
  ]
}

function allowedOf({ mustPass, allowed }: RawRun, { success }: RunContext): AllowedVerdict[] {
  return mustPass ? ['PASS'] : (allowed ?? success.allowed ?? ['PASS'])
}

function commandOf({ scenario, script }: RawRun, commands: readonly Command[]) {
  const name = script === undefined ? scenario : 'run'
  const isScenario = scenarioFiles().some((each) => each.name === name)
  return script === undefined && !isScenario
    ? undefined
    : commands.find((each) => each.name() === name)
}

/** What the command line makes of the words; those that are wrong were left out. */
function read(command: Command, words: readonly string[]): Record<string, unknown> {
  const reader = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  for (const option of command.options) reader.addOption(option)
  return reader.parse([...words], { from: 'user' }).opts()
}

function labelOf({ name, scenario, script, workload }: RawRun): string {
  if (name !== undefined) return name
  if (scenario === undefined) return basename(script ?? '')
  return typeof workload === 'string' ? `${scenario} on ${workload}` : scenario
}
