import type { EachKey, Level, MeasuredOf, Objective } from '../indicators/objective.ts'

/** An SLA file, read: limits are numbers in base units and every name is known to exist. */
export interface Sla {
  workload: string
  objectives: Objective[]
}

/** One objective as written, once the JSON Schema has accepted all but its limits. */
export interface RawObjective {
  id: string
  description?: string
  indicator: string | Record<string, unknown>
  limit: unknown
  of?: MeasuredOf
  where?: Record<string, string>
  each?: EachKey
  phases?: string[]
  scenarios?: string[]
  windows?: { length: string; violating: unknown }
  level?: Level
  stop?: { after: string }
}
