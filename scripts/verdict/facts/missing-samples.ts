import { reason, type Reason } from '../../reasons/reasons.ts'
import type { Summary, SummaryMetric } from './read-summary.ts'
import type { MetricCounts } from './recorded-counts.ts'

/** Of each request k6 writes one sample of each; of `http_req_failed` too, unless a script switches it off. */
const ONCE_PER_REQUEST = [
  'http_reqs',
  'http_req_duration',
  'http_req_blocked',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
]

/**
 * Whether what was recorded is what k6 has counted on its own, metric by metric, and whether each request has all of its
 * samples.
 */
export function missingSamples(summary: Summary, recorded: MetricCounts): Reason[] {
  const requests = recorded['http_reqs'] ?? 0
  const sent = summary.metrics['http_reqs']?.values['count'] ?? 0
  const missing = sent === requests ? [] : [reason('SAMPLES_MISSING', { sent, recorded: requests })]
  const counted = Object.entries(summary.metrics).flatMap(([metric, of]) => {
    const due = samplesOf(of)
    return due === undefined || metric.includes('{') ? [] : [{ metric, due }]
  })
  const known = new Set(counted.map(({ metric }) => metric))
  // Where the summary lacks a metric, the requests tell how many there must be.
  const perRequest = ONCE_PER_REQUEST.flatMap((metric) =>
    known.has(metric) || recorded[metric] === undefined ? [] : [{ metric, due: requests }],
  )
  const uneven = [...counted, ...perRequest]
    .map(({ metric, due }) => ({ metric, due, recorded: recorded[metric] ?? 0 }))
    .filter((each) => each.recorded !== each.due)
  const [first] = uneven
  if (!first) return missing
  return [...missing, reason('SAMPLES_UNEVEN', { ...first, metrics: uneven.length })]
}

/** Samples of a trend or a rate; the `count` of a counter is a sum. */
function samplesOf({ values }: SummaryMetric): number | undefined {
  const { passes, fails, count, avg } = values
  if (passes !== undefined && fails !== undefined) return passes + fails
  return avg === undefined ? undefined : count
}
