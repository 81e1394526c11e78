import { ToolkitError } from '../core/errors.ts'

/** The run has no samples that can be read. */
export function samplesUnreadable(path: string, reason: string): ToolkitError {
  return new ToolkitError({
    code: 'K6V_SAMPLES_UNREADABLE',
    message: `Expected the samples of a run in ${path}: ${reason}`,
    hint: 'A run has none while it goes on, where k6 recorded nothing, and where Prometheus or the cloud judged it. If it is torn or deleted, run it again.',
  })
}
