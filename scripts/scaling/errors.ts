import { maskSecrets } from '../core/mask-secrets.ts'
import { ToolkitError } from '../core/errors.ts'

/** A command of the user's that sets the number of replicas, or waits for them, did not do it. */
export function scaleFailed(typed: string, why: string): ToolkitError {
  const command = maskSecrets(typed)
  return new ToolkitError({
    code: 'K6V_SCALE_FAILED',
    message: `Expected "${command}" to end with exit code 0, got ${why}`,
    hint: 'Run it by hand first. The replicas were set to --scale-back again.',
    exitCode: 1,
  })
}

/** The number of replicas could not be set back. */
export function notScaledBack(typed: string, why: string): ToolkitError {
  const command = maskSecrets(typed)
  return new ToolkitError({
    code: 'K6V_NOT_SCALED_BACK',
    message: `The number of replicas was not set back: expected "${command}" to end with exit code 0, got ${why}`,
    hint: `Set it back yourself: ${command}`,
    exitCode: 1,
  })
}
