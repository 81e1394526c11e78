// The API's own side, as Prometheus scrapes it from the sandbox (job="sandbox").
import { perSecond, ratioOf } from './ratio.ts'
import { SANDBOX, SCRAPED } from './selectors.ts'

const PER_ROUTE = 'sandbox_http_request_duration_seconds'

/** Requests per second that the API answered. */
export const served = `sum(rate(${PER_ROUTE}_count{${SCRAPED}}[$__rate_interval]))`

/** A percentile (0 to 1) of its answers in seconds, interpolated in fixed buckets. */
export const servedPercentile = (quantile: number): string => bucketPercentile(quantile, PER_ROUTE)

/** Share of its answers with a status of 5xx, 0 to 1. */
export const servedErrors = ratioOf(
  `sum(rate(${PER_ROUTE}_count{${SCRAPED}, status=~"5.."}[$__rate_interval]))`,
  served,
)

/** Requests received and not answered yet. */
export const inFlight = `sum(sandbox_http_requests_in_flight{${SCRAPED}})`

/** Database connections: held, at most, and callers that wait for one. */
export const poolInUse = `sum(sandbox_db_pool_in_use{${SCRAPED}})`
export const poolMax = `sum(sandbox_db_pool_max{${SCRAPED}})`
export const poolWaiting = `sum(sandbox_db_pool_waiting{${SCRAPED}})`

/** A percentile of the wait for a connection, and of the queries, in seconds. */
export const poolWait = bucketPercentile(0.95, 'sandbox_db_pool_wait_seconds')
export const queryTimes = `histogram_quantile(0.95, sum by (le, operation) (rate(sandbox_db_query_duration_seconds_bucket{${SCRAPED}}[$__rate_interval])))`

/** Share of prompts answered from the cache, 0 to 1. */
export const cacheHits = ratioOf(
  perSecond('sandbox_cache_hits_total', SCRAPED),
  `(${perSecond('sandbox_cache_hits_total', SCRAPED)} + ${perSecond('sandbox_cache_misses_total', SCRAPED)})`,
)

/** Model calls running and waiting, and the wait in seconds. */
export const modelRunning = `sum(sandbox_model_calls_running{${SCRAPED}})`
export const modelQueue = `sum(sandbox_model_queue_depth{${SCRAPED}})`
export const modelWait = bucketPercentile(0.95, 'sandbox_model_queue_wait_seconds')

/** Delay of Node's event loop, seconds: how long a ready callback waits. */
export const eventLoopDelay = (statistic: 'p50' | 'p99' | 'max'): string =>
  `max(nodejs_eventloop_lag_${statistic}_seconds{${SANDBOX}})`

/** Seconds of garbage collection in each second. */
export const collecting = `sum by (kind) (rate(nodejs_gc_duration_seconds_sum{${SANDBOX}}[$__rate_interval]))`

/** Bytes of the process and of its JavaScript heap. */
export const residentBytes = `sum(process_resident_memory_bytes{${SANDBOX}})`
export const heapBytes = `sum(nodejs_heap_size_used_bytes{${SANDBOX}})`

/** CPUs at work, 1 is one of them fully busy. */
export const cpusUsed = `sum(rate(process_cpu_seconds_total{${SANDBOX}}[$__rate_interval]))`

/** Open file descriptors: connections, most of all. */
export const openFiles = `sum(process_open_fds{${SANDBOX}})`

function bucketPercentile(quantile: number, metric: string): string {
  return `histogram_quantile(${quantile}, sum by (le) (rate(${metric}_bucket{${SCRAPED}}[$__rate_interval])))`
}
