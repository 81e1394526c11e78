import type { K6Check } from '../indicators/k6-metrics.ts'
import type { Objective } from '../indicators/objective.ts'
import type { Problem } from './field-problem.ts'

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
  /** What its lines in the SLA file say that is hardly meant. */
  suspicions?: Problem[]
  /** What k6's thresholds can say of it; missing where they cannot. */
  check?: K6Check
  /** It is a threshold of the user's own k6 script: over everything that k6 has recorded, and k6 decides. */
  threshold?: ScriptThreshold
}

/** A threshold as a k6 script writes it. */
export interface ScriptThreshold {
  /** With its selector: `http_req_duration{name:login}`. */
  metric: string
  /** `p(95)<200` */
  source: string
  /** `p(95)`, `avg`, `min`, `med`, `max`, `count`, `rate` or `value`. */
  aggregate: string
  tags: Record<string, string>
  /** `==` and `!=` are no limits that a value is near to or far from. */
  isExact?: boolean
  /** k6 ends the run when it is crossed. */
  abortsRun?: boolean
}
