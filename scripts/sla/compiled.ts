import type { K6Check } from '../indicators/k6-check.ts'
import type { Objective } from '../indicators/objective.ts'
import type { Problem } from './problem.ts'

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
}
