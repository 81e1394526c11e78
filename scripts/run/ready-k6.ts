import { findK6, type FoundK6 } from '../k6/find-k6.ts'
import { k6Context } from '../k6/k6-context.ts'
import { endProgress, progress, say } from '../report/console.ts'

/**
 * The k6 that says a run's plan and then makes its load, installed if need be.
 *
 * @throws ToolkitError when none can be had
 */
export async function readyK6(signal?: AbortSignal): Promise<FoundK6> {
  try {
    return await findK6(k6Context({ env: process.env, say, progress, signal }))
  } finally {
    endProgress()
  }
}
