import type { Operator } from '../core/limit.ts'
import type { JudgedSpan } from './judged-span.ts'
import { K6_METRICS } from './k6-metrics.ts'
import { measuredOf } from './measured.ts'
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
