// Pure: read by k6 and by Node. How long a run waits: for an answer, and at its end for what has begun.
import { longestThinkSeconds } from './think-time.ts'
import type { Workload } from './workload.ts'

/** In seconds. k6 throws away what an interrupted iteration has measured, so nothing sound may be interrupted. */
export interface Waits {
  /** A request without an answer has failed then. */
  requestTimeoutSeconds: number
  /** k6's `gracefulStop`: how long iterations may go on after the last one has begun. */
  gracefulStopSeconds: number
  /** k6's `gracefulRampDown`: the same for a user whom a falling load takes away, its pause included. */
  gracefulRampDownSeconds: number
}

/** k6's own, in full-length runs. */
const REQUEST_TIMEOUT_SECONDS_MAX = 60

/** Sound APIs may take seconds for their slowest answers, however short the run is. */
const REQUEST_TIMEOUT_SECONDS_MIN = 10

/**
 * Of the planned time. A user whose request hangs makes no load until it times out, so this is the longest
 * part of a run that one request can take from it; and how much longer a run lasts when its target hangs to
 * the end.
 */
const REQUEST_TIMEOUT_SHARE = 0.1

/** k6's own. Nobody waits for it unless something hangs, and an iteration may be more than one request. */
const GRACEFUL_STOP_SECONDS_MIN = 30

/** From the time-out of a request to the end of its iteration, on a busy machine. */
const MARGIN_SECONDS = 5

/**
 * The waits of a run: a request that hangs times out, and is recorded as a failed one, before k6 would
 * interrupt its iteration.
 *
 * @param plannedSeconds from the first iteration to the last planned one
 */
export const waitsOf = (workload: Workload, plannedSeconds: number): Waits => {
  const { thinkTime, iterationSecondsMin = 0, gracefulStopSeconds: wished = 0 } = workload
  const requestTimeoutSeconds =
    workload.requestTimeoutSeconds ??
    Math.min(
      REQUEST_TIMEOUT_SECONDS_MAX,
      Math.max(REQUEST_TIMEOUT_SECONDS_MIN, plannedSeconds * REQUEST_TIMEOUT_SHARE),
    )
  const gracefulStopSeconds = Math.max(
    GRACEFUL_STOP_SECONDS_MIN,
    wished,
    requestTimeoutSeconds + MARGIN_SECONDS,
  )
  const pauseSeconds = Math.max(longestThinkSeconds(thinkTime), iterationSecondsMin)
  const gracefulRampDownSeconds = gracefulStopSeconds + Math.ceil(pauseSeconds)
  return { requestTimeoutSeconds, gracefulStopSeconds, gracefulRampDownSeconds }
}
