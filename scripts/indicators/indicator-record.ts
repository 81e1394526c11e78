import type { LimitRule } from '../core/limit.ts'
import type { Measure, Measurement } from './from-samples/measurement.ts'
import type { SubjectOf } from './from-samples/subject.ts'
import type { Selected } from './from-series/run-series.ts'
import type { Indicator, IndicatorName, ValueUnit } from './indicator.ts'
import type { CheckParts, K6Check, MetricType } from './k6-metrics.ts'
import type { LiveMeasure } from './live/live-measure.ts'
import type { Objective } from './objective.ts'

/**
 * All that the toolkit knows of one indicator. Every field is there in every record: `undefined` says that the
 * place has nothing for it, and no place keeps a list of names of its own.
 */
export interface IndicatorRecord<Name extends IndicatorName = IndicatorName> {
  /** How an SLA file writes it: what its name alone means, or the JSON Schema of the value beside the name. */
  schema: string | ValueSchema | FieldsSchema
  /** Reads what the schema has accepted: the value, empty where the name stands alone, and the fields beside it. */
  read: (value: string, fields: Readonly<Record<string, unknown>>) => Indicator<Name>
  /** The value as the SLA file has it, in one text also where it has several fields: the label in Prometheus. */
  write: (indicator: Indicator<Name>) => string
  /** In words, for tables and reasons: `latency p95`, `share of checks`. */
  text: (indicator: Indicator<Name>) => string
  /** Unit and sensible direction of its limit; `unit` is that of the metric. */
  limitRule: (indicator: Indicator<Name>, unit: ValueUnit) => LimitRule
  /** Fewest samples that it can be judged with. */
  samplesNeeded: (indicator: Indicator<Name>) => number
  /** Types of the k6 metrics that it may name. */
  metricTypes: readonly MetricType[] | undefined

  /** A share of events that either happened or did not: one pass and no failure say something already. */
  isProportion: boolean
  /** An estimate that proves nothing where it has no interval. */
  needsInterval: boolean
  /** It has a value in each window of time, so an objective may have `windows`. */
  hasWindows: boolean
  /** In a run in steps: judged in each of them, or from all of them together. */
  inSteps: 'each' | 'all' | undefined
  /** One machine of several can judge it from its part of the load. */
  inPartOfLoad: boolean
  /** It can be measured of whole operations, too, instead of requests. */
  ofOperations: boolean

  /** What k6's own thresholds can say of it. */
  k6Check: ((objective: Objective<Name>, parts: CheckParts) => K6Check | undefined) | undefined
  /** From the samples, after the run. */
  measure: Measure<Name>
  /** The rows that speak against it where its limit is missed: what the diagnosis looks for a cause in. */
  subject: SubjectOf<Name> | undefined
  /** While the run goes on. */
  live: LiveForm<Name> | undefined
  /** From the counters and histograms of Prometheus. */
  fromSeries: ((objective: Objective<Name>, context: Selected) => Measurement) | undefined
  /** The alert rule that watches it. */
  alert: AlertForm<Name> | undefined
}

/** JSON Schema of the text beside an indicator's name. */
export interface ValueSchema {
  type?: 'string'
  $ref?: string
  pattern?: string
  description: string
  examples?: readonly string[]
}

/** JSON Schemas of the field with the indicator's name and of others beside it. */
export interface FieldsSchema {
  fields: Readonly<Record<string, ValueSchema | Readonly<Record<string, unknown>>>>
  /** Fields that must be there, the indicator's name among them. */
  required: readonly string[]
}

/** How it is computed in a sliding window. */
export interface LiveForm<Name extends IndicatorName> {
  /** `samples` of the window, per second of the `whole window`, or everything since the `start`. */
  over: 'samples' | 'whole window' | 'start'
  create: (
    objective: Pick<Objective<Name>, 'indicator' | 'of'>,
    windowSeconds: number,
  ) => LiveMeasure
}

/** How an alert rule watches it: by the rate at which a budget of bad events is used up, or in its own way. */
export type AlertForm<Name extends IndicatorName> =
  | {
      by: 'budget'
      budget: (objective: Objective<Name>) => EventBudget
      /** There is also an alert on what is worse than in the previous run. */
      isComparedToBaseline: boolean
    }
  | { by: 'throughput' | 'recovery' }

/** An objective as a budget of bad events. `budgetRatio` is the share of events that may be bad, 0 to 1. */
export type EventBudget = { budgetRatio: number } & (
  | { subject: 'errors' }
  | { subject: 'latency'; limitSeconds: number }
  /** Of a k6 Rate; `good` is the outcome that is wanted. */
  | { subject: 'outcomes'; metric: string; good: 'pass' | 'fail' }
)
