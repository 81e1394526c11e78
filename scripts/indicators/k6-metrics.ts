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
