import * as errors from '../queries/errors.ts'
import { limitLine } from '../queries/objectives.ts'
import type { TimeSeriesSpec } from '../panels/spec.ts'

export const errorRatioCurve: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Error ratio',
  description:
    'Share of requests that failed over the last pushes, and its limit in the SLA file. 0 as long as nothing failed.',
  unit: 'percentunit',
  noValue: 'No request in this time range',
  width: 8,
  min: 0,
  queries: [
    { expr: errors.errorRatio, legend: 'Failed', colour: 'orange' },
    {
      expr: limitLine('error-ratio'),
      legend: 'SLA {{objective}}',
      colour: 'vermillion',
      dashed: true,
    },
  ],
}

export const errorsByStatus: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Answers by status',
  description: 'Answers per second by HTTP status; 0 means that there was no answer at all.',
  unit: 'reqps',
  noValue: 'No request in this time range',
  width: 8,
  min: 0,
  stacked: true,
  queries: [{ expr: errors.answersByStatus, legend: '{{status}}' }],
}

export const failuresByCode: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Failures by code',
  description:
    "Failed requests per second by endpoint and k6's error code: 1000 + status from 1400 on, 1050 a timeout, 12xx a connection.",
  unit: 'reqps',
  noValue: 'Nothing failed',
  width: 8,
  min: 0,
  queries: [{ expr: errors.failuresByCode, legend: '{{error_code}} {{name}}' }],
}
