// Who asks for what: techniques, user segments, operations.
import * as business from '../queries/business.ts'
import type { TableSpec, TimeSeriesSpec } from '../panels/spec.ts'

const half = { kind: 'timeseries', width: 12 } as const

export const byTechnique: TimeSeriesSpec = {
  ...half,
  title: 'Requests by technique',
  description:
    'Answers per second by the prompt technique. The sandbox counts every prompt, k6 those whose technique it checked.',
  unit: 'reqps',
  noValue: 'This workload has no techniques',
  min: 0,
  queries: [
    { expr: business.answersByTechnique, legend: 'k6 {{technique}}' },
    { expr: business.sandboxPromptsByTechnique, legend: 'sandbox {{technique}}', dashed: true },
  ],
}

export const bySegment: TimeSeriesSpec = {
  ...half,
  title: 'Requests by user segment',
  description: 'Requests per second by the segment of the user that asked.',
  unit: 'reqps',
  noValue: 'This workload tells no user segments',
  min: 0,
  stacked: true,
  queries: [{ expr: business.requestsBySegment, legend: '{{segment}}' }],
}

const table = { kind: 'table', unit: 'none', width: 8 } as const

export const techniques: TableSpec = {
  ...table,
  title: 'Techniques',
  description:
    'Answers whose technique k6 checked, in the whole run, and the share that was as expected.',
  noValue: 'This workload has no techniques',
  labels: { technique: 'Technique' },
  columns: [
    { expr: business.answersOfTechnique, legend: 'Answers', unit: 'short' },
    { expr: business.accuracyOfTechnique, legend: 'Accuracy', unit: 'percentunit', decimals: 2 },
  ],
  sortBy: 'Answers',
}

export const operations: TableSpec = {
  ...table,
  title: 'Cost by operation',
  description: 'Mean cost of an answer in the time range, US dollars.',
  noValue: 'This workload does not tell its cost (cost_usd)',
  labels: { operation: 'Operation' },
  columns: [{ expr: business.costByOperation, legend: 'Cost', unit: 'currencyUSD', decimals: 5 }],
  sortBy: 'Cost',
}
