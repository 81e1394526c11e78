import { parseDuration } from '../../lib/duration.ts'
import type { LimitRule } from '../core/limit.ts'

/** What an objective measures. Percentiles are 0 to 100; `metric` is a k6 metric. */
export type Indicator =
  | { kind: 'latency' | 'drift'; percentile: number }
  | { kind: 'error-ratio' | 'availability' | 'delivered-load' | 'recovery-time' | 'slo-capacity' }
  | { kind: 'rate' | 'count' | 'share'; metric: string }
  | { kind: 'statistic'; metric: string; statistic: Statistic }
  | { kind: 'apdex'; targetMs: number }

/** Of a metric's values; a number is a percentile, 0 to 100. */
export type Statistic = 'avg' | 'min' | 'max' | number

/** Reads an indicator that the JSON Schema has accepted. */
export function readIndicator(raw: string | Record<string, string>): Indicator {
  if (typeof raw === 'string') return { kind: raw as 'error-ratio' }
  const [kind = '', value = ''] = Object.entries(raw)[0] ?? []
  switch (kind) {
    case 'latency':
      return { kind, percentile: Number(value.slice(1)) }
    case 'drift':
      return { kind, percentile: Number(value.replace('latency.p', '')) }
    case 'apdex':
      return { kind, targetMs: parseDuration(value) * 1_000 }
    case 'statistic':
      return readStatistic(value)
    default:
      return { kind: kind as 'rate', metric: value }
  }
}

function readStatistic(text: string): Indicator {
  const [name = '', metric = ''] = text.split(' of ')
  const isPercentile = name.startsWith('p')
  const statistic = isPercentile ? Number(name.slice(1)) : (name as 'avg' | 'min' | 'max')
  return { kind: 'statistic', metric, statistic }
}

/** What a metric's values are. */
export type ValueUnit = 'bytes' | 'ms' | 'units'

/** Unit and sensible direction of an indicator's limit. */
export function limitRule(indicator: Indicator, unit: ValueUnit): LimitRule {
  const isBytes = unit === 'bytes'
  switch (indicator.kind) {
    case 'latency':
    case 'recovery-time':
      return { unit: 'ms', better: 'low' }
    case 'error-ratio':
      return { unit: 'ratio', better: 'low', most: 1 }
    case 'availability':
    case 'delivered-load':
    case 'apdex':
      return { unit: 'ratio', better: 'high', most: 1 }
    case 'statistic':
      return { unit, better: 'either' }
    case 'share':
      return { unit: 'ratio', better: 'either', most: 1 }
    case 'drift':
      return { unit: 'ratio', better: 'low' }
    case 'slo-capacity':
      return { unit: '/s', better: 'high' }
    case 'rate':
      return { unit: isBytes ? 'bytes/s' : '/s', better: 'either' }
    case 'count':
      return { unit: isBytes ? 'bytes' : 'total', better: 'either' }
  }
}

/** The indicator in words, for tables and reasons: `latency p95`, `share of checks`. */
export function indicatorText(indicator: Indicator): string {
  switch (indicator.kind) {
    case 'latency':
      return `latency p${indicator.percentile}`
    case 'drift':
      return `drift of latency p${indicator.percentile}`
    case 'statistic':
      return `${statisticText(indicator.statistic)} of ${indicator.metric}`
    case 'apdex':
      return `apdex (${indicator.targetMs}ms)`
    case 'rate':
    case 'count':
    case 'share':
      return `${indicator.kind} of ${indicator.metric}`
    default:
      return indicator.kind
  }
}

/** `p95`, `avg`: as k6 and the SLA file write it. */
export function statisticText(statistic: Statistic): string {
  return typeof statistic === 'number' ? `p${statistic}` : statistic
}
