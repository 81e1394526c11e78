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
}

export type IndicatorName = keyof IndicatorFields

/** What an objective measures. */
export type Indicator<Name extends IndicatorName = IndicatorName> = {
  [Each in Name]: { kind: Each } & IndicatorFields[Each]
}[Name]

/** Of a metric's values; a number is a percentile, 0 to 100. */
export type Statistic = 'avg' | 'min' | 'max' | number

/** What a metric's values are. */
export type ValueUnit = 'bytes' | 'ms' | 'units'
