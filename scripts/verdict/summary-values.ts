import type { Summary } from './read-summary.ts'

/** One number of the summary; undefined when k6 did not write it. */
export function summaryValue(summary: Summary, metric: string, field: string): number | undefined {
  return summary.metrics[metric]?.values[field]
}

/** A counter; k6 leaves out those that never counted, so an absent one is 0. */
export function summaryCount(summary: Summary, metric: string): number {
  return summaryValue(summary, metric, 'count') ?? 0
}
