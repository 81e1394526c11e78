// In place of k6/metrics (esbuild.config.mjs): k6's own metrics, and a list of those that the script creates, which
// `k6 inspect` shows.
import * as metrics from 'k6/metrics'

/** What k6 knows of a metric besides its name. */
export interface MetricType {
  type: 'counter' | 'gauge' | 'rate' | 'trend'
  isTime: boolean
}

/** Custom metrics by name, as the init code creates them. */
export const declaredMetrics: Record<string, MetricType> = {}

type Metric = new (name: string, isTime?: boolean) => object

const noted = <M extends Metric>(type: MetricType['type'], k6Metric: M): M => {
  // Options are read in VU 0 only.
  if (__VU !== 0) return k6Metric
  return new Proxy(k6Metric, {
    construct: (target, args: [name: string, isTime?: boolean]) => {
      const [name, isTime = false] = args
      declaredMetrics[name] = { type, isTime }
      return new target(...args)
    },
  })
}

export const Counter = noted('counter', metrics.Counter)
export const Gauge = noted('gauge', metrics.Gauge)
export const Rate = noted('rate', metrics.Rate)
export const Trend = noted('trend', metrics.Trend)

export default { Counter, Gauge, Rate, Trend }
