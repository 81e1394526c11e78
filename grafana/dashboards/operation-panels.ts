import { operationErrorRatio, operationPercentile, operationRate } from '../queries/operations.ts'
import type { TimeSeriesSpec } from '../panels/spec.ts'

const COMMON = {
  kind: 'timeseries',
  noValue: 'No native histogram of operations in this time range',
  width: 8,
  min: 0,
} as const

/** What a workload calls an operation: the subject of a run without HTTP requests. */
export const operationPanels: TimeSeriesSpec[] = [
  {
    ...COMMON,
    title: 'Operations per second',
    description:
      'Whole operations that ended, of any protocol: HTTP, gRPC, a WebSocket, a browser. Failed ones count.',
    unit: 'ops',
    stacked: true,
    queries: [{ expr: operationRate, legend: '{{operation}}' }],
  },
  {
    ...COMMON,
    title: 'Duration p95 of operations',
    description:
      'Operations that did not fail, over the last pushes. From histograms with 9 % wide buckets, so within 4.5 %.',
    unit: 's',
    queries: [{ expr: operationPercentile(0.95), legend: '{{operation}}' }],
  },
  {
    ...COMMON,
    title: 'Failed operations',
    description:
      'Share of operations that failed: an unexpected response, an exception, or what the script says.',
    unit: 'percentunit',
    queries: [{ expr: operationErrorRatio, legend: '{{operation}}' }],
  },
]
