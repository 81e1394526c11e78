import { ToolkitError } from '../core/errors.ts'

/** A run that measured nothing that counts. */
export function runInvalid(id: string, reasons: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_RUN_INVALID',
    message: `Expected a run that counts, got ${id}, which is INVALID: ${reasons[0] ?? 'see its report'}`,
    hint: 'It was not the planned run, so its numbers say nothing. Run the scenario again.',
  })
}

/** Two runs that answer different questions; all differences at once. */
export function notComparable(differences: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NOT_COMPARABLE',
    message: `Expected two runs of the same test, got two that differ in\n${differences.map((each) => `  ${each}`).join('\n')}`,
    hint: 'Run the same scenario with the same options on both sides.',
  })
}

/** The file could not be written. */
export function baselineUnwritable(path: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: 'K6V_BASELINE_UNWRITABLE',
    message: `Expected to write ${path}, got: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'Make its folder, or name another file.',
    exitCode: 1,
    cause,
  })
}
