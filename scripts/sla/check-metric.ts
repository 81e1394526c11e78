import { recordOf } from '../indicators/indicators.ts'
import { type Catalogue, findMetric } from './catalogue.ts'
import { type MetricType, K6_METRICS } from '../indicators/k6-metrics.ts'
import type { Indicator } from '../indicators/indicator.ts'
import { type Fault, unknownName } from './problem.ts'

const FITTING: Record<MetricType, string> = {
  counter: 'A counter fits { "rate": … } and { "count": … }.',
  rate: 'A k6 Rate fits { "share": … }.',
  trend: 'A trend fits { "statistic": "p95 of …" }, and latency { "latency": "p95" }.',
  gauge: 'A gauge fits { "statistic": "max of …" }.',
}

/** @returns a fault when the indicator's metric does not exist or has the wrong type */
export function checkMetric(indicator: Indicator, catalogue: Catalogue): Fault | undefined {
  if (!('metric' in indicator)) return undefined
  const { kind, metric: name } = indicator
  const needed = recordOf(indicator).metricTypes ?? []
  const isNeeded = (type?: MetricType): boolean => type !== undefined && needed.includes(type)
  const metric = findMetric(catalogue, name)
  if (metric === undefined) {
    const known = [...Object.keys(catalogue.metrics), ...Object.keys(K6_METRICS)]
    const fitting = known.filter((each) => isNeeded(findMetric(catalogue, each)?.type))
    return unknownName(`${needed.join(' or ')} metric`, name, fitting)
  }
  if (isNeeded(metric.type)) return undefined
  return {
    expected: `a ${needed.join(' or ')} metric for "${kind}"`,
    found: `"${name}", a ${metric.type}`,
    hint: FITTING[metric.type],
  }
}
