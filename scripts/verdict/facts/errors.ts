import { ToolkitError } from '../../core/errors.ts'
import { EXIT_INVALID } from '../exit-code.ts'

/** k6 has ended without writing its summary. */
export function summaryMissing(path: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUMMARY_MISSING',
    message: `Expected k6 to write its summary to ${path}, got no readable file`,
    hint: 'k6 was killed or could not start: read k6.log in the folder of the run.',
    exitCode: EXIT_INVALID,
    cause,
  })
}
