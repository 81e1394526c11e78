import { OPERATION_DURATION } from '../../lib/plan.ts'
import type { LiveRow } from './live-row.ts'

/** One row for each request; its value is the latency in milliseconds. */
export const REQUEST_METRIC = 'http_req_duration'

/** Whether a sample belongs to the load, and so not to setup, teardown or a log-in. */
export function isOfLoad(row: LiveRow): boolean {
  return row.tag('scenario') !== undefined && row.tag('operation') !== 'auth'
}

/**
 * Whether a request failed: its answer was none that the script expects. A script may tell k6 to expect
 * nothing; then the status has to say it.
 */
export function isFailure(row: LiveRow): boolean {
  const expected = row.tag('expected_response')
  if (expected !== undefined) return expected === 'false'
  const status = Number(row.tag('status'))
  return !(status >= 200 && status <= 399)
}

/** When a request or an operation began, or another sample was recorded; microseconds since 1970. */
export function startOf({ metric, endUs, value }: LiveRow): number {
  const hasLength = metric === REQUEST_METRIC || metric === OPERATION_DURATION
  return hasLength ? endUs - value * 1_000 : endUs
}
