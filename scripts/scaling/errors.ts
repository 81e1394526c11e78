import { ToolkitError } from '../errors.ts'

/** A command of the user's that sets the number of replicas, or waits for them, did not do it. */
export function scaleFailed(command: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SCALE_FAILED',
    message: `Expected "${command}" to end with exit code 0, got ${why}`,
    hint: 'Run it by hand first. Whatever happens, the number of --scale-back is set at the end.',
    exitCode: 1,
  })
}

/** The number of replicas could not be set back. */
export function notScaledBack(command: string, why: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_NOT_SCALED_BACK',
    message: `The number of replicas was not set back: expected "${command}" to end with exit code 0, got ${why}`,
    hint: `Set it back yourself: ${command}`,
    exitCode: 1,
  })
}
