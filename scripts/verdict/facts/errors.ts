import { ToolkitError } from '../../errors.ts'
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

/** k6's summary is there, but is not what k6 writes. */
export function summaryBroken(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SUMMARY_BROKEN',
    message: `Expected ${path} to be a whole summary of k6: ${reason}`,
    hint: 'A full disk or a killed k6 tears files: free some space, then run again.',
    exitCode: EXIT_INVALID,
  })
}
