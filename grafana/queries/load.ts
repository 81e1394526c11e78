// What was asked of the API, and what k6 managed to send.
import { ITERATIONS, REQUESTS, RUN, having } from './selectors.ts'
import { last, perSecond, total } from './ratio.ts'

/** Requests per second, all together. */
export const requestRate = perSecond('k6_http_reqs_total', REQUESTS)

/** Requests per second by one label. */
export const requestRateBy = (label: string): string =>
  perSecond('k6_http_reqs_total', REQUESTS + having(label), label)

/** Iterations that k6 finished, per second. */
export const iterationRate = perSecond('k6_iterations_total', ITERATIONS)

/** Iterations that k6 could not begin because no user was free, per second; 0 while there are none. */
export const droppedRate = `${perSecond('k6_dropped_iterations_total', ITERATIONS)} or 0 * ${iterationRate}`

/** Iterations per second that the plan offers now (open load model). */
export const offeredRate = `sum(k6_verdict_planned_iterations_per_second{${RUN}})`

/** Users that the plan offers now (closed load model). */
export const plannedUsers = `sum(k6_verdict_planned_users{${RUN}})`

/** Users at work in all instances of k6. */
export const activeUsers = `sum(k6_vus{${RUN}})`

/** Users that exist, at work or waiting for it. */
export const createdUsers = `sum(k6_vus_max{${RUN}})`

/** All requests of the runs, by one label. */
export const requestTotalBy = (label: string): string =>
  total('k6_http_reqs_total', REQUESTS + having(label), label)

/** All requests of the runs. */
export const requestTotal = total('k6_http_reqs_total', REQUESTS)

/** Bytes per second that k6 received and sent. */
export const receivedRate = perSecond('k6_data_received_total', ITERATIONS)
export const sentRate = perSecond('k6_data_sent_total', ITERATIONS)

/** Seconds since the load began, for each run. */
export const elapsed = last('k6_verdict_run_elapsed_seconds', RUN, 'testid')
