import type { SyntaxFault } from '../data-file/data-file.ts'
import { ToolkitError } from '../core/errors.ts'
import { shownPath } from '../core/console.ts'

/** `got` says what is there instead. */
export function planUnreadable(path: string, got: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PLAN_UNREADABLE',
    message: `Expected ${shownPath(path)} to be a plan file of at most 1 MB, got ${got}`,
    hint: '"npm run k6 -- plan new crud plan.yaml" writes one to begin with.',
  })
}

export function notAPlan(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NOT_A_PLAN',
    message: `Expected a plan as .yaml, .yml, .json or .ts, got ${shownPath(path)}`,
    hint: 'A k6 script is run by "npm run k6 -- run script.js", and has nothing to check or convert.',
  })
}

/** The file is no YAML, or no JSON. */
export function planSyntax(path: string, faults: readonly SyntaxFault[]): ToolkitError {
  const lines = faults.map(({ message, line, column }) => {
    return `\n  ${line === undefined ? '' : `${line}:${column ?? 1} `}${message.trim()}`
  })
  return new ToolkitError({
    code: 'K6V_PLAN_SYNTAX',
    message: `${shownPath(path)} cannot be read as ${path.endsWith('.json') ? 'JSON' : 'YAML'}:${lines.join('')}`,
    hint: 'Text with a colon and a space, or text that begins with a sign such as { or *, needs quotes.',
  })
}

/** `why` is what its code threw, or what it exports instead. */
export function planModule(path: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PLAN_MODULE',
    message: `Expected the default export of ${shownPath(path)} to be a plan: ${why}`,
    hint: 'Its last line is such as "export default plan(\'checkout\')….toPlan()"; docs/plans.md has an example.',
  })
}

/** It has the phases of a suite, and nothing of a plan. */
export function planIsSuite(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PLAN_INVALID',
    message: `Expected ${shownPath(path)} to be a plan, got a suite: phases of runs`,
    hint: `"npm run k6 -- suite ${shownPath(path)}" runs it. docs/plans.md says what a plan is.`,
  })
}

/** `list` has each problem with its place. */
export function planInvalid(path: string, list: readonly string[]): ToolkitError {
  const count = list.length === 1 ? '1 problem' : `${list.length} problems`
  return new ToolkitError({
    code: 'K6V_PLAN_INVALID',
    message: `${shownPath(path)} has ${count}${list.map((each) => `\n  ${each}`).join('')}`,
    hint: 'Fix them all, then run again. Nothing was started. docs/plans.md explains each field.',
  })
}

export function unknownTemplate(name: string, known: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_UNKNOWN_TEMPLATE',
    message: `Expected the name of a template, got "${name}"`,
    hint: `Known: ${known.join(', ')}. You can add your own in plans/templates/.`,
  })
}

export function planFileThere(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PLAN_FILE_THERE',
    message: `Expected no file ${shownPath(path)}, got one`,
    hint: 'Choose another name or remove the file: nothing is overwritten.',
  })
}

export function planUnwritable(path: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: 'K6V_PLAN_UNWRITABLE',
    message: `Expected ${shownPath(path)} to be writable: ${(cause as Error).message}`,
    hint: 'Check that its folder exists and is writable.',
    exitCode: 1,
    cause,
  })
}

export function notWithPlan(option: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NOT_WITH_PLAN',
    message: `Expected no ${option} with a plan: ${why}`,
    hint: 'Leave it out. "npm run k6 -- spike --help" lists the options of a run; a plan takes all the others.',
  })
}
