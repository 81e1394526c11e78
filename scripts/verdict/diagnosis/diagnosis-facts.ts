import type { RunPlan } from '../../../lib/plan.ts'
import type { CompiledObjective } from '../../sla/compiled.ts'
import type { Traffic } from '../facts/judged-tables.ts'
import type { EndpointRow } from '../tables/endpoint-table.ts'
import type { GeneratorHealth } from '../generator/generator-health.ts'
import type { ObjectiveResult } from '../rules/judge-objective.ts'
import type { RunSeries } from '../tables/run-series.ts'
import type { TimedPhase } from '../../indicators/timeline.ts'
import type { ConnectionFacts } from './read-connections.ts'
import type { SeriesCount } from './read-series-count.ts'
import type { EndpointTime, FirstRequests } from './read-requests.ts'

/** What is known of a judged run already. */
export interface JudgedFacts {
  plan: RunPlan
  timeline: readonly TimedPhase[]
  /** As compiled for the run; results have the same order. */
  objectives: readonly CompiledObjective[]
  results: readonly ObjectiveResult[]
  /** What `endpoints` and `series` count. */
  traffic: Traffic
  endpoints: readonly EndpointRow[]
  series: RunSeries
  generator: GeneratorHealth
  /** Most users that k6 had ready. */
  usersReady: number
}

/** What the rules read; the last four come from the samples. */
export interface DiagnosisFacts extends JudgedFacts {
  firstRequests: FirstRequests
  endpointTimes: readonly EndpointTime[]
  connections: ConnectionFacts
  seriesCount: SeriesCount
}
