// One curve for each run, to be drawn over the time since its start.
import { EXPECTED, FAILED, ITERATIONS, REQUESTS, RUN } from './selectors.ts'
import { perSecond, ratioOf } from './ratio.ts'

/** Percentile (0 to 1) of request times in seconds. */
export const comparedPercentile = (quantile: number): string =>
  `histogram_quantile(${quantile}, sum by (testid) (rate(k6_http_req_duration_seconds{${EXPECTED}}[$__rate_interval])))`

/** Requests per second. */
export const comparedRate = perSecond('k6_http_reqs_total', REQUESTS, 'testid')

/** Share of failed requests, 0 to 1. */
export const comparedErrors = ratioOf(
  perSecond('k6_http_reqs_total', FAILED, 'testid'),
  perSecond('k6_http_reqs_total', REQUESTS, 'testid'),
)

/** Users at work. */
export const comparedUsers = `sum by (testid) (k6_vus{${RUN}})`

/** Iterations that could not begin, per second. */
export const comparedDrops = `${perSecond('k6_dropped_iterations_total', ITERATIONS, 'testid')} or 0 * ${perSecond('k6_iterations_total', ITERATIONS, 'testid')}`
