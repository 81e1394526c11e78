/** What each indicator consists of besides its name. Percentiles are 0 to 100; `metric` is a k6 metric. */
export interface IndicatorFields {
  'error-ratio': object
  availability: object
  'delivered-load': object
  'recovery-time': object
  'slo-capacity': object
  latency: { percentile: number }
  rate: { metric: string }
  count: { metric: string }
  share: { metric: string }
  statistic: { metric: string; statistic: Statistic }
  drift: { percentile: number }
  apdex: { targetMs: number }
  server: ServerMeasure
}

export type IndicatorName = keyof IndicatorFields

/** What an objective measures. */
export type Indicator<Name extends IndicatorName = IndicatorName> = {
  [Each in Name]: { kind: Each } & IndicatorFields[Each]
}[Name]

/** Of a metric's values; a number is a percentile, 0 to 100. */
export type Statistic = 'avg' | 'min' | 'max' | number

/** A statistic of a metric that the target itself exposes. */
export interface ServerMeasure {
  /** Name of the metric. */
  server: string
  statistic: ServerStatistic
  /** Only series with these labels. */
  labels?: Readonly<Record<string, string>>
  /** How several series become one value. @default 'sum' */
  combine?: ServerCombination
  /** @default 'load' */
  when?: 'load' | 'idle'
}

/** Of a value over time, or of a counter's rate. */
export const SERVER_STATISTICS = [
  'max',
  'min',
  'mean',
  'last',
  'growth',
  'rate',
  'max-rate',
] as const

export type ServerStatistic = (typeof SERVER_STATISTICS)[number]

export const SERVER_COMBINATIONS = ['sum', 'max', 'min', 'mean'] as const

export type ServerCombination = (typeof SERVER_COMBINATIONS)[number]

/** What a metric's values are. */
export type ValueUnit = 'bytes' | 'ms' | 'units'
