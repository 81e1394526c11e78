import type { Message } from 'esbuild'
import { number } from '../core/format-measure.ts'
import { ToolkitError } from '../core/errors.ts'

export function bundleFailed(scenario: string, errors: Message[] = []): ToolkitError {
  const [first] = errors
  const at = first?.location ? `${first.location.file}:${first.location.line}: ` : ''
  return new ToolkitError({
    code: 'K6V_BUNDLE_FAILED',
    message: `The scenario "${scenario}" cannot be bundled: ${at}${first?.text ?? 'no reason given'}`,
    hint:
      errors.length > 1
        ? `${errors.length - 1} more of these; "npm run check" shows them all.`
        : 'Fix it and run again; "npm run check" type-checks every script.',
  })
}

/** @param found the part that is missing, and the workload that the scenario belongs to, if it is one's */
export function workloadLacks(
  scenario: string,
  workload: string,
  { part, owner }: { part: string; owner: string | undefined },
): ToolkitError {
  return new ToolkitError({
    code: 'K6V_WORKLOAD_LACKS',
    message: `Expected ${part} in the workload "${workload}" for the scenario "${scenario}", found none`,
    hint: owner
      ? `It is a scenario of ${owner}: leave --workload out, or say --workload ${owner}.`
      : 'Choose another scenario or workload; workloads/better-prompts has every part.',
  })
}

/** `stack` is the error with its TypeScript positions. */
export function scriptThrew(scenario: string, stack: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SCRIPT_THREW',
    message: `The scenario "${scenario}" throws in its init code: ${stack}`,
    hint: 'That is what k6 says of it, in the environment that the run gives it. Fix it and run again.',
  })
}

/** `at` is the place in the script. */
export function scriptFileMissing(file: string, at: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SCRIPT_FILE_MISSING',
    message: `Expected the file ${file}, which ${at} opens, found none`,
    hint: 'A path that begins with neither / nor a drive is relative to the file that says it.',
  })
}

/** `reason` is what k6 says. */
export function k6Refuses(scenario: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SCENARIO_REFUSED',
    message: `k6 refuses the scenario "${scenario}": ${reason}`,
    hint: '"k6 run" would end with the same. Fix it and run again.',
  })
}

/** @param command what the user types for a plan, which has no help of its own */
export function wrongNumbers(scenario: string, reason: string, command?: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_WRONG_NUMBERS',
    message: `${scenario}: ${reason}`,
    hint:
      command === undefined
        ? `"npm run k6 -- ${scenario} --help" says what can be changed.`
        : `Change the plan, or the options: "npm run k6 -- ${command} --users 20", for instance.`,
  })
}

export function noPlan(scenario: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NO_PLAN',
    message: `Expected scenarios/${scenario}.ts to export the options of defineScenario()`,
    hint: 'Export options, setup and the default function as scenarios/spike.ts does.',
  })
}

const USERS_CSV =
  'A CSV file begins with the line username,password; each further line is a user, quoted where it holds a comma.'

/** `message` says nothing of what the file holds. */
export function usersFileUnusable(message: string, hint = USERS_CSV): ToolkitError {
  return new ToolkitError({
    code: 'K6V_USERS_FILE',
    message,
    hint,
  })
}

/** A script asks for a variable with requiredEnv(). */
export function variableMissing(
  command: string,
  { message, variable }: { message: string; variable: string },
): ToolkitError {
  return new ToolkitError({
    code: 'K6V_VARIABLE_MISSING',
    message,
    hint: `Set it for this command only, e.g. from a file: ${variable}="$(cat token.txt)" npm run k6 -- ${command}`,
  })
}

export function targetUnusable(value: string, rule: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_TARGET_UNUSABLE',
    message: `Expected --target to be ${rule}, got "${value}"`,
    hint: 'For example: --target http://127.0.0.1:8080 or --target eu-west=https://eu.example.com',
  })
}

export function targetNotAllowed(host: string, load: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_TARGET_NOT_ALLOWED',
    message: `Expected permission to send ${load} to ${host}, found none`,
    hint:
      `Add "${host}" to "allowedTargets" in k6-verdict.config.json, or confirm it once with ` +
      '--i-own-this-target. Up to 50 users, or 50 iterations/s of an open load, need no permission.',
  })
}

export function targetUnreachable(url: string, reason: string, seconds: number): ToolkitError {
  return new ToolkitError({
    code: 'K6V_TARGET_UNREACHABLE',
    message: `Expected an answer from ${url}, got none: ${reason}`,
    hint:
      'Start the API or correct --target; without --target the sandbox is used. ' +
      `It had ${seconds} s: --ready-timeout gives one that starts slowly more.`,
    exitCode: 1,
  })
}

/** A scenario drives a browser. */
export function browserMissing(expected: string, found: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_BROWSER_MISSING',
    message: `Expected ${expected} for a workload that drives a browser, found ${found}: the run is skipped`,
    hint:
      'Install one, e.g. "sudo apt-get install chromium" or "brew install --cask chromium", or name one: ' +
      'K6_BROWSER_EXECUTABLE_PATH=/path/to/chromium',
    exitCode: 1,
  })
}

export function sandboxFailed(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SANDBOX_FAILED',
    message: `The sandbox did not start: ${reason}`,
    hint: 'Start it alone with "npm run sandbox" to see all that it says, or name a --target.',
    exitCode: 1,
  })
}

export function configUnusable(reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_CONFIG_UNUSABLE',
    message: `k6-verdict.config.json: ${reason}`,
    hint: 'For example: { "allowedTargets": ["staging.example.com"] }',
  })
}

/** A file where the folder should be, no permission, a file system that is read-only or full. */
export function resultsUnwritable(results: string, cause: NodeJS.ErrnoException): ToolkitError {
  return new ToolkitError({
    code: 'K6V_RESULTS_UNWRITABLE',
    message: `Expected the results folder ${results} to be one that can be written to, got ${cause.code ?? cause.message}`,
    hint: 'Set K6_VERDICT_RESULTS to a folder you can write to.',
    cause,
  })
}

/** The samples of a run would not fit. */
export function diskTooSmall(disk: {
  folder: string
  freeBytes: number
  neededBytes: number
}): ToolkitError {
  const mb = (bytes: number): string => `${number(Math.ceil(bytes / 1e6))} MB`
  return new ToolkitError({
    code: 'K6V_DISK_TOO_SMALL',
    message: `Expected ${mb(disk.neededBytes)} free for the samples of this run, got ${mb(disk.freeBytes)} in ${disk.folder}`,
    hint: 'Free some space, make the run smaller, or set K6_VERDICT_RESULTS to a folder on a larger disk.',
    exitCode: 1,
  })
}

/** Ctrl+C while things were made ready. */
export function interrupted(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_INTERRUPTED',
    message: 'Stopped before the first request',
    hint: 'Nothing was sent and nothing is left running.',
    exitCode: 105,
  })
}
