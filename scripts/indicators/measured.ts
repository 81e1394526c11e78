import { OPERATION_DURATION, OPERATION_FAILED } from '../../lib/plan.ts'
import type { EachKey, MeasuredOf, Objective } from './objective.ts'

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

/** Tags in the order in which they are to appear in the selector. */
export type Tags = Record<string, string>

/** k6 tag that a key of `where` selects. */
const TAG_OF_KEY: Record<EachKey, string> = {
  endpoint: 'name',
  operation: 'operation',
  region: 'region',
}

/** `{ endpoint: 'GET /x' }` -> `{ name: 'GET /x' }`; other keys are tags already. */
export function tagsOf(where: Record<string, string>): Tags {
  const names = new Map(Object.entries(TAG_OF_KEY))
  return Object.fromEntries(
    Object.entries(where).map(([key, value]) => [names.get(key) ?? key, value]),
  )
}

/** `http_reqs` and its selector: `http_reqs{judged:yes,phase:hold}`. */
export function metricKey(metric: string, tags: Tags): string {
  const pairs = Object.entries(tags).map(([tag, value]) => `${tag}:${value}`)
  return pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`
}

/**
 * Whether k6 can select a tag: its selectors split at every comma and at the first colon, and trim
 * spaces and quotes (k6 v2.2.0, metrics/metric.go).
 */
export function isSelectable(tag: string, value: string): boolean {
  return !/[,:{}]/.test(tag) && value !== '' && !/,|^["'\s]|["'\s]$/.test(value)
}
