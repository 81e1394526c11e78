import type { K6Check } from '../scripts/indicators/k6-metrics.ts'
import type { Summary } from '../scripts/verdict/facts/read-summary.ts'

/** The number of k6's own summary that a threshold is about. */
export function summaryOf(summary: Summary, { metric, aggregate }: K6Check): number | undefined {
  return summary.metrics[metric]?.values[aggregate === 'rate' ? 'value' : aggregate]
}
