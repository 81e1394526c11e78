import { type Catalogue, findMetric, type MetricType } from './catalogue.ts'
import type { Indicator } from './indicator.ts'
import { K6_METRICS } from './k6-metrics.ts'
import { type Fault, unknownName } from './problem.ts'

/** The k6 type that an indicator can be computed from. */
const NEEDED: Record<'rate' | 'count' | 'share', MetricType> = {
  rate: 'counter',
  count: 'counter',
  share: 'rate',
}

const FITTING: Record<MetricType, string> = {
  counter: 'A counter fits { "rate": … } and { "count": … }.',
  rate: 'A k6 Rate fits { "share": … }.',
  trend: 'Of trends only latency is judged: { "latency": "p95" }.',
  gauge: 'A gauge has only a last value, which says nothing about a run.',
}

/** @returns a fault when the indicator's metric does not exist or has the wrong type */
export function checkMetric(indicator: Indicator, catalogue: Catalogue): Fault | undefined {
  if (!('metric' in indicator)) return undefined
  const { kind, metric: name } = indicator
  const metric = findMetric(catalogue, name)
  if (metric === undefined) {
    const known = [...Object.keys(catalogue.metrics), ...Object.keys(K6_METRICS)]
    const fitting = known.filter((each) => findMetric(catalogue, each)?.type === NEEDED[kind])
    return unknownName(`${NEEDED[kind]} metric`, name, fitting)
  }
  if (metric.type === NEEDED[kind]) return undefined
  return {
    expected: `a ${NEEDED[kind]} metric for "${kind}"`,
    found: `"${name}", a ${metric.type}`,
    hint: FITTING[metric.type],
  }
}
