import { type Command, Option } from 'commander'
import { timeScaleOption } from '../commands/run-options.ts'

/** What the user may say about a suite besides its file. */
export interface SuiteOptions {
  verbose: boolean
  strict: boolean
  check: boolean
  timeScale?: number
}

const HELP = `
A suite file says which runs are made, in order or at once:

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
  npm run k6 -- suite suites/all-systems.yaml --check         its runs and their time; nothing is started
  npm run k6 -- suite suites/all-systems.yaml --time-scale 0.05
  npm run k6 -- suite status                                  from another terminal
  npm run k6 -- suite stop

Exit codes: 0 every run ended as allowed, 99 FAIL, 90 NO_DATA, 91 INVALID (also a run without a verdict, or a
preparation that failed), 2 wrong usage or a file with problems, 105 stopped by you. The worst run decides.`

/** Adds the argument and the options of `suite`. */
export function addSuiteOptions(command: Command): Command {
  return command
    .argument('<file>', 'the suite, YAML or JSON')
    .option('--check', 'read it, say what it would run, and start nothing', false)
    .addOption(scaleOption())
    .option('--strict', 'a run with a close PASS fails the suite too (exit code 99)', false)
    .option('--verbose', 'all that its runs print', false)
    .addHelpText('after', HELP)
}

function scaleOption(): Option {
  const option = timeScaleOption()
  option.description = 'of every scenario, in place of that in the file, e.g. 0.05'
  return option
}
