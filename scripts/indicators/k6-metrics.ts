import type { Operator } from '../core/limit.ts'
import type { JudgedSpan } from './judged-span.ts'
import { measuredOf, metricKey, type Tags, tagsOf } from './measured.ts'
import type { Objective } from './objective.ts'

export type MetricType = 'counter' | 'gauge' | 'rate' | 'trend'

/** What matters about a metric when an objective names it. */
export interface K6Metric {
  type: MetricType
  isBytes?: boolean
  /** Its values are milliseconds. */
  isTime?: boolean
  /** k6 adds only the run's tags to it, so no selector can narrow it. */
  isUntagged?: boolean
}

/** Metrics of every k6 run (k6 v2.2.0, metrics/builtin.go), and those of k6/browser where it is imported. */
export const K6_METRICS: Record<string, K6Metric> = {
  vus: { type: 'gauge', isUntagged: true },
  vus_max: { type: 'gauge', isUntagged: true },
  iterations: { type: 'counter' },
  iteration_duration: { type: 'trend', isTime: true },
  dropped_iterations: { type: 'counter', isUntagged: true },
  checks: { type: 'rate' },
  group_duration: { type: 'trend', isTime: true },
  http_reqs: { type: 'counter' },
  http_req_failed: { type: 'rate' },
  http_req_duration: { type: 'trend', isTime: true },
  http_req_blocked: { type: 'trend', isTime: true },
  http_req_connecting: { type: 'trend', isTime: true },
  http_req_tls_handshaking: { type: 'trend', isTime: true },
  http_req_sending: { type: 'trend', isTime: true },
  http_req_waiting: { type: 'trend', isTime: true },
  http_req_receiving: { type: 'trend', isTime: true },
  ws_sessions: { type: 'counter' },
  ws_msgs_sent: { type: 'counter' },
  ws_msgs_received: { type: 'counter' },
  ws_ping: { type: 'trend', isTime: true },
  ws_session_duration: { type: 'trend', isTime: true },
  ws_connecting: { type: 'trend', isTime: true },
  grpc_req_duration: { type: 'trend', isTime: true },
  data_sent: { type: 'counter', isBytes: true },
  data_received: { type: 'counter', isBytes: true },
  browser_data_sent: { type: 'counter', isBytes: true },
  browser_data_received: { type: 'counter', isBytes: true },
  browser_http_req_duration: { type: 'trend', isTime: true },
  browser_http_req_failed: { type: 'rate' },
  browser_web_vital_ttfb: { type: 'trend', isTime: true },
  browser_web_vital_fcp: { type: 'trend', isTime: true },
  browser_web_vital_lcp: { type: 'trend', isTime: true },
  browser_web_vital_inp: { type: 'trend', isTime: true },
  browser_web_vital_cls: { type: 'trend' },
}

/** What k6 computes for an objective: one aggregate of one selected metric, and its bound. */
export interface K6Check {
  /** Metric with selector, as in k6's thresholds and summary: `http_reqs{judged:yes}`. */
  metric: string
  /** k6's name of the aggregate: `p(95)`, `rate` or `count`. */
  aggregate: string
  operator: Operator
  /** What the aggregate is compared with, in k6's terms: a count for rates, failures for availability. */
  bound: number
  /** Counter of what the same selector covers; none means that nothing was measured. */
  guard: string
  /** Fewest samples that the aggregate means anything with. */
  minimumSamples: number
  /** Rates only: planned time of the judged phases, that the count is divided by. */
  seconds?: number
}

/** An upper bound on failures is a lower bound on what did not fail. */
export const MIRRORED: Record<Operator, Operator> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** What the check of an objective is put together from. */
export interface CheckParts {
  /** Tags that select what is judged. */
  tags: Tags
  span: JudgedSpan
  /** As for an aggregate that is the indicator itself, and means something with one sample. */
  shared: Pick<K6Check, 'operator' | 'bound' | 'guard' | 'minimumSamples'>
}

export function checkParts(objective: Objective, span: JudgedSpan): CheckParts {
  const { indicator, limit, where } = objective
  const isUntagged = 'metric' in indicator && K6_METRICS[indicator.metric]?.isUntagged === true
  const tags = isUntagged ? {} : { ...span.tags, ...tagsOf(where) }
  const shared = {
    operator: limit.operator,
    bound: limit.value,
    guard: guardOf(objective, span, tags),
    minimumSamples: 1,
  }
  return { tags, span, shared }
}

// A tag of a custom metric need not be on any request, nor need there be any.
function guardOf(objective: Objective, span: JudgedSpan, tags: Tags): string {
  const { indicator } = objective
  const isOfRequests = !('metric' in indicator) || indicator.metric.startsWith('http_req')
  if (isOfRequests) return metricKey(measuredOf(objective).counter, tags)
  const isUntagged = K6_METRICS[indicator.metric]?.isUntagged === true
  return metricKey('iterations', isUntagged ? {} : span.tags)
}
