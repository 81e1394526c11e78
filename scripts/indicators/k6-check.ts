import { K6_METRICS } from './k6-metrics.ts'

import type { JudgedSpan } from './judged-span.ts'
import type { Indicator } from './indicator.ts'
import type { Operator } from '../core/limit.ts'
import { edgeSeconds } from './edge-seconds.ts'
import { minimumSamples } from './minimum-samples.ts'
import type { Objective } from './objective.ts'
import { metricKey, type Tags, tagsOf } from './selector.ts'

/** What k6 computes for an objective: one aggregate of one selected metric, and its bound. */
export interface K6Check {
  /** Metric with selector, as in k6's thresholds and summary: `http_reqs{judged:yes}`. */
  metric: string
  /** k6's name of the aggregate: `p(95)`, `rate` or `count`. */
  aggregate: string
  operator: Operator
  /** What the aggregate is compared with, in k6's terms: a count for rates, failures for availability. */
  bound: number
  /** Requests that the same selector covers; none means that nothing was measured. */
  guard: string
  /** Fewest samples that the aggregate means anything with. */
  minimumSamples: number
  /** Rates only: planned time of the judged phases, that the count is divided by. */
  seconds?: number
}

/** An upper bound on failures is a lower bound on what did not fail. */
const MIRRORED: Record<Operator, Operator> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/**
 * The k6 aggregate that an objective is about.
 *
 * @returns undefined when k6 has none, so the objective is judged from the samples after the run
 */
export function k6Check(objective: Objective, span: JudgedSpan): K6Check | undefined {
  const { indicator, limit, where } = objective
  const isUntagged = 'metric' in indicator && K6_METRICS[indicator.metric]?.isUntagged === true
  const tags = isUntagged ? {} : { ...span.tags, ...tagsOf(where) }
  const shared = {
    operator: limit.operator,
    bound: limit.value,
    guard: metricKey('http_reqs', tags),
    minimumSamples: 1,
  }
  switch (indicator.kind) {
    case 'latency':
      return {
        ...shared,
        metric: metricKey('http_req_duration', { ...tags, expected_response: 'true' }),
        aggregate: `p(${indicator.percentile})`,
        minimumSamples: minimumSamples(indicator.percentile),
      }
    case 'error-ratio':
      return { ...shared, metric: metricKey('http_req_failed', tags), aggregate: 'rate' }
    case 'availability':
      return {
        ...shared,
        metric: metricKey('http_req_failed', tags),
        aggregate: 'rate',
        operator: MIRRORED[limit.operator],
        bound: rounded(1 - limit.value),
      }
    case 'share':
      // A tag of a custom metric need not be on any request; a Rate counts its own samples.
      return {
        ...shared,
        metric: metricKey(indicator.metric, tags),
        aggregate: 'rate',
        guard: metricKey('http_reqs', span.tags),
      }
    case 'count':
      return { ...shared, metric: metricKey(indicator.metric, tags), aggregate: 'count' }
    case 'rate':
      // k6 divides a counter by the whole run, ramps included; a count over the phase is exact.
      return {
        ...shared,
        metric: metricKey(indicator.metric, tags),
        aggregate: 'count',
        bound: rounded(limit.value * (span.seconds + edgeSeconds(limit.operator))),
        seconds: span.seconds,
      }
    case 'statistic':
      return statisticCheck(indicator, shared, { tags, guard: metricKey('http_reqs', span.tags) })
    default:
      return undefined
  }
}

type Shared = Pick<K6Check, 'operator' | 'bound' | 'minimumSamples'>

function statisticCheck(
  { metric, statistic }: Extract<Indicator, { kind: 'statistic' }>,
  shared: Shared,
  { tags, guard }: { tags: Tags; guard: string },
): K6Check | undefined {
  if (K6_METRICS[metric]?.type === 'gauge') return undefined
  const key = metricKey(metric, tags)
  if (typeof statistic !== 'number') return { ...shared, metric: key, aggregate: statistic, guard }
  const enough = minimumSamples(statistic)
  return { ...shared, metric: key, aggregate: `p(${statistic})`, guard, minimumSamples: enough }
}

// 1 - 0.999 is 0.0010000000000000009 in floating point, which no limit in the file says.
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
