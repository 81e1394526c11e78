import type { Histogram } from './histogram.ts'
import { K6_METRICS, type MetricType } from '../k6-metrics.ts'
import { measuredOf } from '../measured.ts'
import type { Objective } from '../objective.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import { reason } from '../../reasons/reasons.ts'
import type { TimedPhase } from '../timeline.ts'
import type { SeriesSelection } from './judged-series.ts'

export type Labels = Readonly<Record<string, string>>

/** The last value of a series. */
export interface LastValue {
  labels: Labels
  value: number
}

/** The last histogram of a series. */
export interface LastHistogram {
  labels: Labels
  histogram: Histogram
}

/** One k6: what tells its series from those of the others. */
export interface Process {
  labels: Labels
  /** Users at each push, in seconds since 1970. */
  users: readonly (readonly [seconds: number, users: number])[]
}

/** How the load generator fared at a moment, as shares of its machine's CPUs, 0 to 1. */
export interface GeneratorMoment {
  /** Since 1970. */
  seconds: number
  k6: number
  others: number
}

/** All that Prometheus has of a run. */
export interface RunInPrometheus {
  url: string
  testid: string
  processes: Process[]
  /** First and last push, in seconds since 1970. */
  firstSeconds: number
  lastSeconds: number
  /** Of k6's counters and rates, and of what the toolkit published, by metric. */
  values: ReadonlyMap<string, LastValue[]>
  /** As the toolkit published it, in order; empty where it did not. */
  generator: GeneratorMoment[]
  /** By metric. */
  histograms: ReadonlyMap<string, LastHistogram[]>
}

/** Series of a metric; none is an empty list. */
export function valuesOf({ values }: RunInPrometheus, metric: string): LastValue[] {
  return values.get(metric) ?? []
}

export function sumOf(values: readonly LastValue[]): number {
  return values.reduce((sum, { value }) => sum + value, 0)
}

/** What an objective is measured from. */
export interface SeriesContext {
  run: RunInPrometheus
  timeline: readonly TimedPhase[]
  /** Custom metrics of the script. */
  metrics: Readonly<Record<string, { type: MetricType; isTime: boolean }>>
  /** The run is long enough to be a sample of anything; see RunPlan.judges. */
  isSample: boolean
  /** The run lasted as long as planned. */
  isWhole: boolean
}

/** The same, and which of the series an objective looks at. */
export type Selected = SeriesContext & { selection: SeriesSelection }

export const NEEDS_SAMPLES = 'it needs the samples of the run, and Prometheus has only their sums'
/** Histogram of the durations that an objective is of, without `k6_`. */
export function durationTrend(objective: Pick<Objective, 'of'>): string {
  return `${measuredOf(objective).duration}_seconds`
}

export const REQUESTS = 'k6_http_reqs_total'

/** Why an objective has no value here. */
export const nothing = (why: string): Measurement => {
  return { samples: 0, reason: reason('NOT_MEASURED', { why }), sql: '' }
}

/** Name of a trend in Prometheus, without `k6_`: times are in seconds there. */
export function trendName(metric: string, metrics: SeriesContext['metrics']): string {
  return isTime(metric, metrics) ? `${metric}_seconds` : metric
}

export function isTime(metric: string, metrics: SeriesContext['metrics']): boolean {
  return K6_METRICS[metric]?.isTime ?? metrics[metric]?.isTime ?? false
}
