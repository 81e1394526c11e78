import { ToolkitError } from '../errors.ts'

/** The run has no samples that can be read. */
export function samplesUnreadable(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SAMPLES_UNREADABLE',
    message: `Expected the samples of a run in ${path}: ${reason}`,
    hint: 'The run is still going on, recorded nothing, or its folder was tidied: run it again.',
  })
}

/** A name that selects samples selects none. */
export function noSuchSamples(
  wrong: { option: string; value: string; guess?: string | undefined },
  known: readonly string[],
): ToolkitError {
  const { option, value, guess } = wrong
  const meant = guess === undefined ? '' : `; did you mean "${guess}"?`
  return new ToolkitError({
    code: 'K6V_NO_SUCH_SAMPLES',
    message: `Expected ${option} to be in the samples of this run, got "${value}"${meant}`,
    hint: known.length === 0 ? 'This run has none of these.' : `It has: ${known.join(', ')}`,
  })
}

/** The output is there already. */
export function exportExists(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_EXPORT_EXISTS',
    message: `Expected no file ${path} yet, found one`,
    hint: 'Add --force to replace it, or name another one with --out.',
  })
}

/** The output would replace what the run is judged from. */
export function exportOverRun(path: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_EXPORT_OVER_RUN',
    message: `Expected --out to be no file of the run itself, got ${path}`,
    hint: 'Its samples are there only once, so not even --force replaces them: name another file.',
  })
}

/** The output cannot be written. */
export function exportUnwritable(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_EXPORT_UNWRITABLE',
    message: `${path} could not be written: ${reason}`,
    hint: 'Check that its folder exists and has room, or name another file with --out.',
    exitCode: 1,
  })
}
