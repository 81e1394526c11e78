import { type Command, Option } from 'commander'
import { timeScaleOption } from '../options/run-options.ts'

/** What the user may say about a suite beside its file. */
export interface SuiteOptions {
  verbose: boolean
  strict: boolean
  check: boolean
  timeScale?: number
  target: string[]
  iOwnThisTarget: boolean
}

const HELP = `
A suite file lists runs, in order or all at once:

  # yaml-language-server: $schema=./suite.schema.json
  name: nightly
  success: { onFailure: stop }
  phases:
    - name: alive
      runs:
        - { scenario: smoke, workload: better-prompts, mustPass: true }
    - name: peak
      prepare: [node scripts/seed.js]
      cleanup: [node scripts/unseed.js]
      runs:
        - { scenario: load, profile: peak, timeScale: 0.1, users: 50 }
        - { script: script.js, flags: [--vus, '5'] }

Examples:
  npm run k6 -- suite suites/all-systems.yaml
  npm run k6 -- suite suites/all-systems.yaml --check         its runs and how long they take; starts nothing
  npm run k6 -- suite suites/all-systems.yaml --time-scale 0.05
  npm run k6 -- suite nightly.yaml --target https://staging.example.com --i-own-this-target
  npm run k6 -- suite status                                  from another terminal
  npm run k6 -- suite stop

Exit codes: 0 every run ended as allowed, 99 FAIL, 90 NO_DATA, 91 INVALID (also for a run without a verdict or a
failed preparation), 2 wrong usage or problems in the file, 105 stopped by you. The worst run decides.`

/** Adds the argument and the options of `suite`. */
export function addSuiteOptions(command: Command): Command {
  return command
    .argument('<file>', 'the suite, YAML or JSON')
    .option('--check', 'check it and show what it would run, without starting anything', false)
    .addOption(scaleOption())
    .option(
      '--target <url>',
      'base URL for every run that names none, or <region>=<url>; repeatable',
      append,
      [],
    )
    .option(
      '--i-own-this-target',
      'for every run: allow more than a small load on a target that is not local',
      false,
    )
    .option('--strict', 'a run with a close PASS fails the suite too (exit code 99)', false)
    .option('--verbose', 'show everything that its runs print', false)
    .addHelpText('after', HELP)
}

function append(value: string, values: string[]): string[] {
  return [...values, value]
}

function scaleOption(): Option {
  const option = timeScaleOption()
  option.description = 'for every scenario and plan, whatever the file says, e.g. 0.05'
  return option
}

/** The options of a suite that replace the defaults of its file, as its runs name them. */
export function usualOptions({ target, iOwnThisTarget }: SuiteOptions) {
  return {
    ...(target.length > 0 && { target }),
    ...(iOwnThisTarget && { iOwnThisTarget }),
  }
}
