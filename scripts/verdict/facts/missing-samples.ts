import { reason, type Reason } from '../../reasons/reasons.ts'
import type { Summary, SummaryMetric } from './read-summary.ts'
import type { MetricCounts } from './recorded-counts.ts'

/** Beside `http_reqs` k6 writes one of each for a request; of `http_req_failed` too, unless a script says otherwise. */
const ONCE_PER_REQUEST = [
  'http_req_duration',
  'http_req_blocked',
  'http_req_connecting',
  'http_req_tls_handshaking',
  'http_req_sending',
  'http_req_waiting',
  'http_req_receiving',
]

/** k6 writes six decimals of each value, and adds up in another order. */
const [PER_SAMPLE, PER_SUM] = [1e-6, 1e-9]

/**
 * Whether what was recorded is what k6 has counted on its own, metric by metric, and whether each request has all of its
 * samples. Of a gauge k6 keeps no count.
 */
export function missingSamples(summary: Summary, recorded: MetricCounts): Reason[] {
  const requests = recorded['http_reqs']?.sum ?? 0
  const sent = summary.metrics['http_reqs']?.values['count'] ?? 0
  const missing = sent === requests ? [] : [reason('SAMPLES_MISSING', { sent, recorded: requests })]
  const whole = Object.entries(summary.metrics).filter(([name]) => !name.includes('{'))
  const uneven = whole.flatMap(([metric, of]) => {
    return metric === 'http_reqs' ? [] : (difference(metric, of, recorded) ?? [])
  })
  // Where the summary lacks a metric, the requests tell how many there must be.
  for (const metric of ONCE_PER_REQUEST) {
    const samples = recorded[metric]?.samples ?? requests
    const isKnown = summary.metrics[metric] !== undefined
    if (!isKnown && samples !== requests) uneven.push({ metric, due: requests, recorded: samples })
  }
  const [first] = uneven
  if (!first) return missing
  return [...missing, reason('SAMPLES_UNEVEN', { ...first, metrics: uneven.length })]
}

interface Difference {
  metric: string
  due: number
  recorded: number
}

function difference(
  metric: string,
  { values }: SummaryMetric,
  recorded: MetricCounts,
): Difference | undefined {
  const { samples, sum } = recorded[metric] ?? { samples: 0, sum: 0 }
  const { passes, fails, count, avg } = values
  if (passes !== undefined && fails !== undefined) {
    const due = passes + fails
    return samples === due ? undefined : { metric, due, recorded: samples }
  }
  if (count === undefined) return undefined
  if (avg !== undefined)
    return samples === count ? undefined : { metric, due: count, recorded: samples }
  // The count of a counter is a sum.
  const most = PER_SAMPLE * samples + PER_SUM * Math.abs(count)
  return Math.abs(sum - count) > most ? { metric, due: count, recorded: sum } : undefined
}
