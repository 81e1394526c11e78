import type { RunPlan } from '../../../lib/plan.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'
import type { Reason } from '../../reasons/reasons.ts'
import type { Interval } from '../../statistics/percentile-interval.ts'
import type { IndicatorName } from '../indicator.ts'
import type { ServerRecording } from '../from-server/server-details.ts'
import type { Objective } from '../objective.ts'
import type { Span, TimedPhase } from '../timeline.ts'

/** What the samples say of one objective, in the unit of its limit. */
export interface Measurement {
  /** Samples behind the value. */
  samples: number
  /** Missing when nothing can be said; `reason` tells why. */
  value?: number
  /** What the limit is compared with, where that is not the value itself. */
  compared?: number
  /** 90 %, of the value; missing where the value is a count and no estimate. */
  interval?: Interval
  /**
   * Latency in the closed model, where it is more than `value`: with the requests that waiting users would
   * have sent meanwhile.
   */
  corrected?: number
  /** In order of time; missing where windows mean nothing. */
  windows?: JudgedWindows
  /** Why there is no value, or why it cannot be judged. */
  reason?: Reason
  /** The limit is missed whatever the value: a target that never recovered has none. */
  isMissed?: boolean
  /** The limit is met, and k6 itself says so: of a threshold in a script of the user's own. */
  isMet?: boolean
  /** SQL over the judged tables that gives the value again; of a course over time, its windows. */
  sql: string
  /** Whatever else the indicator found, plain JSON. */
  details?: unknown
}

/** Windows of time that the limit is held against, each by itself. */
export interface JudgedWindows {
  lengthSeconds: number
  /** In order of time, the part of a window at the end of the judged time included. */
  values: JudgedWindow[]
}

export interface JudgedWindow {
  startUs: number
  /** In the unit of the limit; missing for a silent window. */
  value?: number
  samples: number
  /** It misses the limit by more than chance explains, or was silent although requests were due. */
  isMissed: boolean
}

/** The value of one window of a course over time. */
export interface WindowValue {
  startUs: number
  value: number
  samples: number
}

/** What a measurement is made from. */
export interface MeasureContext {
  database: SampleDatabase
  plan: RunPlan
  timeline: readonly TimedPhase[]
  /** Columns of the sample file. */
  columns: readonly string[]
  /** Tags whose column has another name, with that name. */
  renamedTags: Readonly<Record<string, string>>
  /** Objectives that each step of a run in steps is judged by. */
  gates: readonly Gate[]
  /** The run lasted as long as planned. */
  isWhole: boolean
  /** What the target's own metrics said; missing where nobody has read them. */
  server?: ServerRecording | undefined
  /** How often a user of the closed model comes back, as `userPeriodMs` says; undefined where it does not matter. */
  userPeriodMs?: number | undefined
}

/** Measures an objective of one indicator; `measureValue` does it for any, in a part of the run. */
export type Measure<Name extends IndicatorName> = (
  objective: Objective<Name>,
  context: MeasureContext & { measureValue: MeasureValue },
) => Promise<Measurement>

/** The value of an objective; missing where it has none, or too few samples. */
export interface MeasuredValue {
  value?: number
  /** The limit is missed, whatever the value. */
  isMissed?: boolean
}

/** Measures the value of an objective. */
export type MeasureValue = (objective: Objective, context: MeasureContext) => Promise<MeasuredValue>

/** An objective that each step of a run in steps is judged by. */
export interface Gate {
  id: string
  objective: Objective
}

/** Where an objective looks: SQL condition and time. */
export interface Selection {
  condition: string
  /** The part of it that is about tags. */
  tags: string
  /** It asks for a tag that no sample has. */
  hasUnknownTag: boolean
  spans: Span[]
  seconds: number
}
