import type { JudgedRun } from './judge-run.ts'

/** What the tables and charts of a report count, in words. */
export interface TrafficWords {
  one: 'request' | 'operation'
  /** Head of a column of counts. */
  counts: 'Requests' | 'Operations'
  /** Head of a column of names. */
  name: 'Endpoint' | 'Operation'
}

/** Requests; of a run that sent none by HTTP, its operations. */
export function trafficWords({ traffic }: Pick<JudgedRun, 'traffic'>): TrafficWords {
  return traffic === 'operations'
    ? { one: 'operation', counts: 'Operations', name: 'Operation' }
    : { one: 'request', counts: 'Requests', name: 'Endpoint' }
}
