import type { SyntaxFault } from '../data-file/data-file.ts'
import { ToolkitError } from '../core/errors.ts'
import { formatProblem, type Problem } from '../sla/field-problem.ts'

/** `got` says what is there instead. */
export function suiteUnreadable(path: string, got: string, known: readonly string[]) {
  const list = known.length === 0 ? '' : `Known: ${known.join(', ')}. `
  return new ToolkitError({
    code: 'K6V_SUITE_UNREADABLE',
    message: `Expected ${path} to be a suite file of at most 1 MB, got ${got}`,
    hint: `${list}"npm run k6 -- suite --help" shows an example.`,
  })
}

/** The file cannot be parsed. */
export function suiteBadSyntax(path: string, faults: readonly SyntaxFault[]): ToolkitError {
  const lines = faults.map(({ message, line, column }) => {
    return `\n  ${line === undefined ? '' : `line ${line}, column ${column ?? 1}: `}${message}`
  })
  return new ToolkitError({
    code: 'K6V_SUITE_BAD_SYNTAX',
    message: `Expected YAML or JSON in ${path}:${lines.join('')}`,
    hint: 'Indent with spaces, and put quotes around text that contains ": " or " #".',
  })
}

/** It has the operations of a plan, and no phases. */
export function suiteIsPlan(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUITE_INVALID',
    message: `Expected ${path} to be a suite, got a plan: operations and a load`,
    hint: `"npm run k6 -- run ${path}" runs it; a suite names it as the "plan" of a run. docs/suites.md says more.`,
  })
}

/** The file can be parsed but has mistakes. Nothing was started. */
export function suiteInvalid(path: string, problems: readonly Problem[]): ToolkitError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const list = problems.map((problem) => `\n  ${formatProblem(problem)}`).join('')
  return new ToolkitError({
    code: 'K6V_SUITE_INVALID',
    message: `${path} has ${count}, and nothing was started${list}`,
    hint: 'Fix them all, then run again. suites/suite.schema.json describes every field.',
  })
}

/** No folder of a suite has that name. */
export function suiteNotFound(suite: string, results: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUITE_NOT_FOUND',
    message: `Expected the folder of a suite or its name in ${results}, got ${suite}`,
    hint: '"npm run k6 -- suite suites/all-systems.yaml" runs one. Without a name, the newest suite is used.',
  })
}

/** The suite is over, or its process died. */
export function suiteNotRunning(id: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUITE_NOT_RUNNING',
    message: `Expected a running suite, got ${id}: ${why}`,
    hint: '"npm run k6 -- suite status" shows how it ended. No process was stopped.',
  })
}

/** A process can only be killed there, and its k6 would go on. */
export function suiteStopUnsupported(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUITE_STOP_UNSUPPORTED',
    message: 'Expected a system with signals for "suite stop", got Windows',
    hint: 'Press Ctrl+C in the terminal of the suite, or run suites in WSL 2.',
    exitCode: 1,
  })
}

/** It was stopped, and still runs. */
export function suiteStillRunning(id: string, pid: number, seconds: number): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUITE_STILL_RUNNING',
    message: `Expected ${id} to end within ${seconds} s, but its process ${pid} still runs`,
    hint: 'Its cleanup may take longer: "npm run k6 -- suite status" shows what it is doing. A second "suite stop" ends k6 at once.',
    exitCode: 1,
  })
}
