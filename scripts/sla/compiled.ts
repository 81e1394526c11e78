import type { Operator } from './limit.ts'
import type { Objective } from './objective.ts'

/** An objective as it is judged in one run; `each` has become one for every value. Plain JSON. */
export interface CompiledObjective {
  /** The objective's id; expanded by `each`: `every-endpoint-p95 [POST /v1/enhance]`. */
  id: string
  /** With the expanded value in `where`. */
  objective: Objective
  /** Why this run has nothing to judge by it, a sentence part. */
  absence?: string
  /** It judges each step of the run instead of the run. */
  isGate?: boolean
  /** What k6's thresholds can say of it; missing where they cannot. */
  check?: K6Check
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
  /** Requests that the same selector covers; none means that nothing was measured. */
  guard: string
  /** Fewest samples that the aggregate means anything with. */
  minimumSamples: number
  /** Rates only: planned time of the judged phases, that the count is divided by. */
  seconds?: number
}
