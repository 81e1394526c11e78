import type { EachKey } from '../indicators/objective.ts'
import { K6_METRICS, type K6Metric, type MetricType } from '../indicators/k6-metrics.ts'

/** Every name that an SLA file of one workload may use; anything else in it is an error. */
export interface Catalogue {
  workload: string
  /** File names in scenarios/, without the ending. */
  scenarios: string[]
  /** Names of all profiles; undefined when they are not known, so none can be checked. */
  profiles?: string[]
  endpoints: string[]
  operations: string[]
  regions: string[]
  /** Phases of all scenarios; undefined when they are not known, so none can be checked. */
  phases?: string[]
  /** Custom metrics of the bundle; k6's own are known here already. */
  metrics: Record<string, { type: MetricType; isTime: boolean }>
}

/** Values that `where` and `each` may take for a key that has a closed list. */
export function knownValues(catalogue: Pick<Catalogue, `${EachKey}s`>, key: EachKey): string[] {
  return catalogue[`${key}s`]
}

/** A metric of the workload or of k6. */
export function findMetric({ metrics }: Catalogue, name: string): K6Metric | undefined {
  return new Map<string, K6Metric>(Object.entries({ ...K6_METRICS, ...metrics })).get(name)
}
