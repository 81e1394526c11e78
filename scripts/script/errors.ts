import { ToolkitError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'

const USAGE = 'npm run k6 -- run script.js'

/** A word that is no flag, or a flag that needs a value and has none. */
export function unknownFlag(given: string, known: readonly string[]): ToolkitError {
  const [name = given] = given.split('=', 1)
  const message = known.includes(name)
    ? `Expected a value behind "${name}", got none`
    : `Expected an option of "run" or a flag of "k6 run", got "${name}"${didYouMean(name, known)}`
  return new ToolkitError({
    code: 'K6V_UNKNOWN_FLAG',
    message,
    hint: '"npm run k6 -- run --help" lists the options, which stand before "--"; "k6 run --help" lists the flags.',
  })
}

export function noScript(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NO_SCRIPT',
    message: 'Expected a k6 script to run, got none',
    hint: `Name one: "${USAGE}".`,
  })
}

export function severalScripts(first: string, second: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SEVERAL_SCRIPTS',
    message: `Expected one k6 script, got "${first}" and "${second}"`,
    hint: 'Run one after the other; the value of a flag follows it at once, or behind an equals sign.',
  })
}

/** k6 itself refuses the script; the exit code is k6's. */
export function scriptRefused(script: string, reason: string, exitCode: number): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SCRIPT_REFUSED',
    message: `k6 cannot run ${script}: ${reason}`,
    hint: 'Plain "k6 run" says the same; the exit code is k6\'s own.',
    exitCode,
  })
}

/** Nothing is there to be read; the exit code is k6's. */
export function scriptMissing(
  path: string,
  { folder, near, exitCode }: { folder: string; near: string | undefined; exitCode: number },
): ToolkitError {
  const meant = near === undefined ? '' : ` Did you mean "${near}"?`
  return new ToolkitError({
    code: 'K6V_SCRIPT_MISSING',
    message: `Expected a k6 script at ${path}, found no file`,
    hint: `A path begins at ${folder}, where the command was typed.${meant}`,
    exitCode,
  })
}

export function ownerUnknown(load: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_OWNER_UNKNOWN',
    message: `Expected --i-own-this-target for ${load}: nobody knows before it runs which hosts a script calls`,
    hint: 'Add --i-own-this-target when all of them are yours to load, or run a smaller load first; run.json lists the hosts that it reached.',
  })
}

export function nothingMeasured(script: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NOTHING_MEASURED',
    message: `Expected a run of ${script} that has measured requests, found none`,
    hint: `Run it first: "npm run k6 -- run ${script}"; its latest run is what limits are suggested from.`,
  })
}

export function notWithScript(
  what: string,
  { why, instead }: { why: string; instead: string },
): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NOT_WITH_SCRIPT',
    message: `Expected no ${what} with a script of your own: ${why}`,
    hint: instead,
  })
}

export function loadNotEditable(option: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_LOAD_NOT_EDITABLE',
    message: `${option} cannot change the load of this script: ${reason}`,
    hint: 'Change the options of the script, or use a flag of k6 such as --vus, --iterations or --stage.',
  })
}

/** Its options do not say what load it makes. */
export function loadUnknown(script: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_LOAD_UNKNOWN',
    message: `Expected the options of ${script} to say users or rates, for scenarios of one kind`,
    hint: 'Judge a recording of one kind of scenario at a time: users (vus), rates (arrival-rate) or numbers of iterations.',
  })
}
