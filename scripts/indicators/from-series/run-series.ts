import type { Histogram } from './histogram.ts'

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
