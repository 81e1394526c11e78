import { OPERATION_DURATION, OPERATION_FAILED } from '../../lib/plan.ts'
import type { MeasuredOf, Objective } from './objective.ts'

/** Where the durations and failures of requests, or of whole operations, are found. */
export interface Measured {
  /** Judged table that has a row for each. */
  table: 'requests' | 'operations'
  /** k6 metric of their durations, with the tag `expected_response`. */
  duration: string
  /** k6 metric of the share that failed. */
  failed: string
  /** k6 counter that is above zero where there are any. */
  counter: string
  /** What the column `name` holds. */
  noun: 'endpoint' | 'operation'
}

const MEASURED: Record<MeasuredOf, Measured> = {
  request: {
    table: 'requests',
    duration: 'http_req_duration',
    failed: 'http_req_failed',
    counter: 'http_reqs',
    noun: 'endpoint',
  },
  // k6 has no threshold on the number of a trend's samples; each operation is an iteration.
  operation: {
    table: 'operations',
    duration: OPERATION_DURATION,
    failed: OPERATION_FAILED,
    counter: 'iterations',
    noun: 'operation',
  },
}

/** What an objective is measured of. */
export function measuredOf({ of = 'request' }: Pick<Objective, 'of'>): Measured {
  return MEASURED[of]
}
