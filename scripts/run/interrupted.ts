import { ToolkitError } from '../errors.ts'

/** Ctrl+C while things were made ready. */
export function interrupted(): ToolkitError {
  return new ToolkitError({
    code: 'K6V_INTERRUPTED',
    message: 'Stopped before the first request',
    hint: 'Nothing was sent and nothing is left running.',
    exitCode: 105,
  })
}
