import type { Indicator, IndicatorName } from './indicator.ts'
import type { Limit } from '../core/limit.ts'

/** One line of an SLA file. */
export interface Objective<Name extends IndicatorName = IndicatorName> {
  id: string
  description?: string
  indicator: Indicator<Name>
  limit: Limit
  /** @default 'request' */
  of?: MeasuredOf
  /** Keys as written: `endpoint`, `operation`, `region` or any tag. */
  where: Record<string, string>
  each?: EachKey
  /** Undefined means all but UNJUDGED_PHASES of lib/plan.ts. */
  phases?: string[]
  /** `scenario` or `scenario:profile`; undefined means all. */
  scenarios?: string[]
  windows?: Windows
  level: Level
  /** How long it must be missed in a sliding window before the run ends, as a k6 duration. */
  stopAfter?: string
}

/** What latencies and failures are those of: HTTP requests, or whole operations of the workload. */
export type MeasuredOf = 'request' | 'operation'

export type EachKey = 'endpoint' | 'operation' | 'region'

/** An advisory objective is shown, but never decides the verdict. */
export type Level = 'required' | 'advisory'

export interface Windows {
  lengthSeconds: number
  /** Share of windows that may miss the limit. */
  violating: Limit
}
