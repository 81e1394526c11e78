import { errorRatioOfRunBy } from '../queries/errors.ts'
import { percentileOfRange } from '../queries/latency.ts'
import { requestTotalBy } from '../queries/load.ts'
import { EXPECTED, having } from '../queries/selectors.ts'
import type { TableSpec } from '../panels/spec.ts'

interface LabelTable {
  label: 'name' | 'scenario' | 'region'
  title: string
  noValue: string
}

const COLUMN_TITLES = {
  name: 'Endpoint',
  scenario: 'Scenario',
  region: 'Region',
} as const

/** Requests, failures and percentiles of the time range, one row for each value of a label. */
export function byLabel({ label, title, noValue }: LabelTable): TableSpec {
  const percentile = (quantile: number) =>
    percentileOfRange(quantile, label, EXPECTED + having(label))
  return {
    kind: 'table',
    title,
    description:
      'Requests and failures of the whole run; percentiles of the requests in the time range, from histograms and within 4.5 %. The verdict has the exact ones.',
    unit: 'none',
    noValue,
    width: 12,
    labels: { [label]: COLUMN_TITLES[label] },
    columns: [
      { expr: requestTotalBy(label), legend: 'Requests', unit: 'short' },
      { expr: errorRatioOfRunBy(label), legend: 'Failed', unit: 'percentunit', decimals: 3 },
      { expr: percentile(0.5), legend: 'p50', unit: 's' },
      { expr: percentile(0.95), legend: 'p95', unit: 's' },
      { expr: percentile(0.99), legend: 'p99', unit: 's' },
    ],
    sortBy: 'Requests',
  }
}
