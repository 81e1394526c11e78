// The fallback for runs with --prometheus-trend-stats: without histograms only gauges are left.
import { classicPercentile } from '../queries/latency.ts'
import type { RowSpec, TimeSeriesSpec } from '../panels/spec.ts'

const curve = (stat: 'p50' | 'p95' | 'p99'): TimeSeriesSpec => ({
  kind: 'timeseries',
  title: `Classic ${stat} since the start`,
  description:
    "The worst series of each endpoint, cumulative since the run began: late changes hardly show, and it cannot be combined over endpoints. k6's classic trend stats have no more.",
  unit: 's',
  noValue: 'This run sends native histograms',
  width: 8,
  min: 0,
  queries: [{ expr: classicPercentile(stat), legend: '{{name}}' }],
})

export const classicLatency: RowSpec = {
  title: 'Classic trend stats (only runs without native histograms)',
  collapsed: true,
  panels: [curve('p50'), curve('p95'), curve('p99')],
}
