import { basename } from 'node:path'
import { Command } from 'commander'
import { isPlanFile, planCommand } from '../plan-file/plan-command.ts'
import { scenarioFiles } from '../plan/scenario-files.ts'
import { type Problem, quote, unknownName } from '../sla/field-problem.ts'
import { checkFiles } from './check-files.ts'
import { checkOptions } from './check-options.ts'
import type { SuiteReading } from './read-suite.ts'
import { type AllowedVerdict, type RawRun, type RawSuite, type SuiteRun } from './suite-file.ts'

/** What applies to all runs of a suite. */
export interface RunContext extends SuiteReading {
  defaults: NonNullable<RawSuite['defaults']>
  success: NonNullable<RawSuite['success']>
  /** Whether the JSON Schema has found nothing wrong at or below a place. */
  isSound: (path: string) => boolean
}

/** A run as a command line, or everything that is wrong with it. */
export type CheckedRun = { run: SuiteRun } | { problems: Problem[] }

/** Makes the command line of one run, by the options that its command declares. */
export async function checkRun(
  written: RawRun,
  path: string,
  context: RunContext,
): Promise<CheckedRun> {
  const { commands, env } = context
  // A value of the wrong type does not keep the others from being checked.
  const sound = Object.entries(written).filter(([key]) => context.isSound(`${path}.${key}`))
  const raw = Object.fromEntries(sound) as RawRun
  const problems = [...kindProblems(written, path), ...criteriaProblems(raw, path)]
  const command = commandOf(written, commands)
  if (!command) return { problems }
  const given = checkOptions(raw, path, { command, context })
  const options = read(command, given.words)
  problems.push(
    ...given.problems,
    ...(await checkFiles({ raw, options, command, env }, path, given.keys)),
  )
  if (problems.length > 0) return { problems }
  const { scenario, script, plan } = raw
  return {
    run: {
      ...{ path, label: labelOf(raw), options },
      words: wordsOf(raw, command, given.words),
      ...(scenario !== undefined && { scenario }),
      ...(script !== undefined && { script }),
      ...(plan !== undefined && { plan }),
      isStrict: options['strict'] === true,
      allowed: allowedOf(raw, context),
    },
  }
}

function wordsOf({ script, plan, flags = [] }: RawRun, command: Command, options: string[]) {
  const file = script ?? plan
  return [
    command.name(),
    ...options,
    ...(script === undefined ? [] : flags),
    ...(file === undefined ? [] : [file]),
  ]
}

const KINDS = ['scenario', 'plan', 'script'] as const

function kindProblems(raw: RawRun, path: string): Problem[] {
  const given = KINDS.filter((kind) => raw[kind] !== undefined)
  const [kind] = given
  if (kind === undefined || given.length > 1) {
    const found = kind === undefined ? 'none of them' : given.map(quote).join(' and ')
    const hint = 'For instance "scenario: smoke"; "npm run k6 -- list" shows all scenarios.'
    return [{ path, expected: 'one of "scenario", "plan" and "script"', found, hint }]
  }
  const { script, plan } = raw
  return [
    ...scenarioProblems(raw, path),
    ...flagsProblems(raw, path),
    ...endingProblems(script, {
      path: `${path}.script`,
      isWrong: isPlanFile,
      expected: 'a k6 script',
      hint: 'This is a plan by its name: write it as "plan".',
    }),
    ...endingProblems(plan, {
      path: `${path}.plan`,
      isWrong: (file) => !isPlanFile(file),
      expected: 'a plan as .yaml, .yml, .json or .plan.ts',
      hint: 'A k6 script is written as "script".',
    }),
  ]
}

interface Ending extends Omit<Problem, 'found'> {
  isWrong: (file: string) => boolean
}

function endingProblems(file: unknown, { isWrong, ...told }: Ending): Problem[] {
  return typeof file === 'string' && isWrong(file) ? [{ ...told, found: quote(file) }] : []
}

function scenarioProblems({ scenario }: RawRun, path: string): Problem[] {
  if (typeof scenario !== 'string') return []
  const known = scenarioFiles().map(({ name }) => name)
  const fault = unknownName('scenario', scenario, known)
  return fault ? [{ path: `${path}.scenario`, ...fault }] : []
}

function flagsProblems({ script, flags }: RawRun, path: string): Problem[] {
  if (script !== undefined || flags === undefined) return []
  const hint = 'Flags of k6 go with "script"; a scenario and a plan have options as keys.'
  const expected = 'no flags without "script"'
  return [{ path: `${path}.flags`, expected, found: quote(flags), hint }]
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

function commandOf({ scenario, script, plan }: RawRun, commands: readonly Command[]) {
  if (script !== undefined) return commands.find((each) => each.name() === 'run')
  if (plan !== undefined) return planCommand()
  const isScenario = scenarioFiles().some((each) => each.name === scenario)
  return isScenario ? commands.find((each) => each.name() === scenario) : undefined
}

/** Parses the words as the command line does; wrong ones were left out. */
function read(command: Command, words: readonly string[]): Record<string, unknown> {
  const reader = new Command().exitOverride().configureOutput({ writeErr: () => undefined })
  for (const option of command.options) reader.addOption(option)
  return reader.parse([...words], { from: 'user' }).opts()
}

function labelOf({ name, scenario, script, plan, workload }: RawRun): string {
  if (name !== undefined) return name
  if (scenario === undefined) return basename(script ?? plan ?? '')
  return typeof workload === 'string' ? `${scenario} on ${workload}` : scenario
}
