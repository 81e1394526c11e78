import { parseDuration } from '../../../lib/duration.ts'
import type { RunPlan } from '../../../lib/plan.ts'

/** Waiting in the queue, starting load generators, and what the cloud does with the metrics at the end. */
const SLACK_MS = 15 * 60_000

/** When a run that does not end is aborted. */
export function deadlineMsOf(
  { cloudDeadline }: { cloudDeadline?: string },
  { durationSeconds }: Pick<RunPlan, 'durationSeconds'>,
): number {
  if (cloudDeadline !== undefined) return parseDuration(cloudDeadline) * 1_000
  return durationSeconds * 1_000 + SLACK_MS
}
