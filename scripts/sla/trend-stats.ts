import type { CompiledObjective } from './compiled.ts'

/** `options.summaryTrendStats` of every bundle; `count` tells how many samples a percentile has. */
const SUMMARY_TREND_STATS: readonly string[] = [
  'avg',
  'min',
  'med',
  'max',
  'p(50)',
  'p(90)',
  'p(95)',
  'p(99)',
  'p(99.9)',
  'count',
]

/** Aggregates of counters and k6 Rates, which have no others. */
const COUNTED = ['count', 'rate']

/** The usual statistics and those that an objective needs besides, such as `p(99.5)`. */
export function trendStats(compiled: readonly CompiledObjective[]): string[] {
  const needed = compiled.flatMap(({ check }) => {
    return check && !COUNTED.includes(check.aggregate) ? [check.aggregate] : []
  })
  return [...new Set([...SUMMARY_TREND_STATS, ...needed])]
}
