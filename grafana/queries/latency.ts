// Times of requests in seconds, from native histograms. Only expected responses, as the verdict does.
import { EXPECTED } from './selectors.ts'

const DURATION = 'k6_http_req_duration_seconds'

const durations = (window: string, matchers: string = EXPECTED): string =>
  `rate(${DURATION}{${matchers}}[${window}])`

/** A percentile (0 to 1) of the last pushes. Buckets are 9 % wide, so it is within 4.5 %. */
export const percentile = (quantile: number, by?: string): string =>
  `histogram_quantile(${quantile}, sum${by === undefined ? '' : ` by (${by})`} (${durations('$__rate_interval')}))`

/** A percentile (0 to 1) of all requests in the time range of the board, one row for each label. */
export const percentileOfRange = (quantile: number, by: string, matchers?: string): string =>
  `histogram_quantile(${quantile}, sum by (${by}) (${durations('$__range', matchers)}))`

/** How many requests took how long, for a heat map. */
export const distribution = `sum(${durations('$__rate_interval')})`

/** Mean of a part of the request's time, such as `waiting` (for the first byte). */
export const meanOfPart = (part: string): string => {
  const sum = `sum(rate(k6_http_req_${part}_seconds{${EXPECTED}}[$__rate_interval]))`
  return `histogram_sum(${sum}) / histogram_count(${sum})`
}

/** Classic trend stats instead of histograms: since the run began, the worst series of each endpoint. */
export const classicPercentile = (stat: 'p50' | 'p95' | 'p99'): string =>
  `max by (name) (k6_http_req_duration_${stat}{${EXPECTED}})`
