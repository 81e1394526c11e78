import { endpointKeys } from '../sla/probes.ts'
import type { Summary } from './read-summary.ts'
import { summaryCount, summaryValue } from './summary-values.ts'

/** Numbers of one endpoint over the whole run, warm-up and ramps included. */
export interface EndpointRow {
  endpoint: string
  /** Requests. */
  count: number
  ratePerSecond: number
  /** Percentiles of expected responses; undefined when there was none. */
  p50Ms?: number
  p95Ms?: number
  p99Ms?: number
  errors: number
  /** 0 to 1; undefined without requests. */
  errorRatio?: number
}

/** One row for each endpoint, in the plan's order. */
export function endpointRows(summary: Summary, endpoints: readonly string[]): EndpointRow[] {
  return endpoints.map((endpoint) => {
    const { requests, failures, duration } = endpointKeys(endpoint)
    const count = summaryCount(summary, requests)
    // `passes` of http_req_failed are the requests that did fail.
    const errors = summaryValue(summary, failures, 'passes') ?? 0
    return {
      endpoint,
      count,
      ratePerSecond: summaryValue(summary, requests, 'rate') ?? 0,
      ...percentiles(summary, duration),
      errors,
      ...(count > 0 && { errorRatio: errors / count }),
    }
  })
}

function percentiles(summary: Summary, duration: string): Partial<EndpointRow> {
  // Of no samples k6 says that every percentile is 0 ms.
  if (summaryCount(summary, duration) === 0) return {}
  const p50Ms = summaryValue(summary, duration, 'p(50)')
  const p95Ms = summaryValue(summary, duration, 'p(95)')
  const p99Ms = summaryValue(summary, duration, 'p(99)')
  return {
    ...(p50Ms !== undefined && { p50Ms }),
    ...(p95Ms !== undefined && { p95Ms }),
    ...(p99Ms !== undefined && { p99Ms }),
  }
}
