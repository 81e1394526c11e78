// Pure. The thresholds of a k6 script as objectives: the same selection, the same statistic.
import type { Options } from 'k6/options'
import type { Operator, Unit } from '../core/limit.ts'
import { maskSecrets } from '../core/mask-secrets.ts'
import type { Indicator } from '../indicators/indicator.ts'
import { K6_METRICS, type MetricType } from '../indicators/k6-metrics.ts'
import type { CompiledObjective } from '../sla/compiled.ts'
import { type ParsedThreshold, parseThreshold } from './parse-threshold.ts'

/** Types of the script's own metrics, as far as they are known. */
export type MetricTypes = Readonly<Record<string, MetricType>>

/** One objective for each threshold, called as k6 says it: `http_req_duration: p(95)<200`. */
export function thresholdObjectives(
  thresholds: Options['thresholds'],
  types: MetricTypes = {},
): CompiledObjective[] {
  return Object.entries(thresholds ?? {}).flatMap(([metric, raw]) => {
    const list = Array.isArray(raw) ? raw : [raw]
    return list.flatMap((each) => {
      const parsed = parseThreshold(metric, each)
      return parsed ? [objectiveOf(parsed, types)] : []
    })
  })
}

function objectiveOf(parsed: ParsedThreshold, types: MetricTypes): CompiledObjective {
  const { base, operator, bound, ...given } = parsed
  const threshold = { ...given, tags: withoutQueries(given.tags) }
  const indicator = indicatorOf(base, threshold.aggregate, types[base])
  const unit = unitOf(base, indicator)
  const text = `${operator} ${bound}${unit === 'ms' ? 'ms' : ''}`
  const id = maskSecrets(`${threshold.metric}: ${threshold.source}`)
  return {
    id,
    objective: {
      id,
      indicator,
      limit: { operator: boundOf(operator), value: bound, unit, text },
      where: threshold.tags,
      level: 'required',
    },
    threshold,
  }
}

// As the names of requests have none in the samples: a query may hold a secret.
function withoutQueries(tags: Record<string, string>): Record<string, string> {
  const cut = (value: string): string =>
    value.includes('://') ? value.replace(/[?#].*$/s, '') : value
  return Object.fromEntries(Object.entries(tags).map(([tag, value]) => [tag, cut(value)]))
}

// k6 decides what is exact: its bound is shown, and no value is compared with it.
function boundOf(operator: string): Operator {
  return operator.startsWith('<') || operator.startsWith('>') ? (operator as Operator) : '<='
}

function indicatorOf(metric: string, aggregate: string, own: MetricType | undefined): Indicator {
  const type = K6_METRICS[metric]?.type ?? own
  if (aggregate === 'rate') return { kind: type === 'counter' ? 'rate' : 'share', metric }
  if (aggregate === 'count') return { kind: 'count', metric }
  const percentile = /^p\(([\d.]+)\)$/.exec(aggregate)?.[1]
  if (percentile !== undefined) return { kind: 'statistic', metric, statistic: Number(percentile) }
  if (aggregate === 'med') return { kind: 'statistic', metric, statistic: 50 }
  const statistic = aggregate === 'avg' || aggregate === 'min' ? aggregate : 'max'
  return { kind: 'statistic', metric, statistic }
}

function unitOf(metric: string, { kind }: Indicator): Unit {
  const { isTime = false, isBytes = false } = K6_METRICS[metric] ?? {}
  if (kind === 'share') return 'ratio'
  if (kind === 'rate') return isBytes ? 'bytes/s' : '/s'
  if (kind === 'count') return isBytes ? 'bytes' : 'total'
  if (isTime) return 'ms'
  return isBytes ? 'bytes' : 'units'
}
