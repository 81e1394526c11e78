// Failed requests, checks and exceptions: always from counters, so that any window can be computed.
import { FAILED, ITERATIONS, REQUESTS, RUN, having } from './selectors.ts'
import { perSecond, ratioOf, total } from './ratio.ts'

/** Share of requests that failed, 0 to 1; 0 before the first failure. */
export const errorRatio = ratioOf(
  perSecond('k6_http_reqs_total', FAILED),
  perSecond('k6_http_reqs_total', REQUESTS),
)

/** The same for each value of a label. */
export const errorRatioBy = (label: string): string =>
  ratioOf(
    perSecond('k6_http_reqs_total', FAILED + having(label), label),
    perSecond('k6_http_reqs_total', REQUESTS + having(label), label),
  )

/** Share of all requests of the runs that failed. */
export const errorRatioOfRun = ratioOf(
  total('k6_http_reqs_total', FAILED),
  total('k6_http_reqs_total', REQUESTS),
)

/** The same for each value of a label. */
export const errorRatioOfRunBy = (label: string): string =>
  ratioOf(
    total('k6_http_reqs_total', FAILED + having(label), label),
    total('k6_http_reqs_total', REQUESTS + having(label), label),
  )

/** Answers per second by status; 0 is "no answer". */
export const answersByStatus = perSecond('k6_http_reqs_total', REQUESTS, 'status')

/** Failed requests per second by k6's error code, such as 1050 for a timeout or 1503 for a status. */
export const failuresByCode = perSecond('k6_http_reqs_total', FAILED, 'error_code, name')

/** Exceptions of the script per second; 0 while there are none. */
export const exceptionRate = `${perSecond('k6_script_exceptions_total', RUN)} or 0 * ${perSecond('k6_iterations_total', ITERATIONS)}`

/** Share of checks that passed, by check. */
export const checksPassed = ratioOf(
  perSecond('k6_outcomes_total', `${ITERATIONS}, metric="checks", outcome="pass"`, 'check'),
  perSecond('k6_outcomes_total', `${ITERATIONS}, metric="checks"`, 'check'),
)
