import { errorRatioOfSegment, requestsOfSegment } from '../queries/business.ts'
import type { TableSpec } from '../panels/spec.ts'

export const segments: TableSpec = {
  kind: 'table',
  title: 'User segments',
  description:
    'Requests and failures of the whole run by the segment of the user. There is no latency: with one more label k6 would push too many series.',
  unit: 'none',
  noValue: 'This workload tells no user segments',
  width: 12,
  labels: { segment: 'Segment' },
  columns: [
    { expr: requestsOfSegment, legend: 'Requests', unit: 'short' },
    { expr: errorRatioOfSegment, legend: 'Failed', unit: 'percentunit', decimals: 3 },
  ],
  sortBy: 'Requests',
}
