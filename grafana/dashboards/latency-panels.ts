import { distribution, percentile } from '../queries/latency.ts'
import { limitLine } from '../queries/objectives.ts'
import type { HeatmapSpec, TimeSeriesSpec } from '../panels/spec.ts'

export const latencyCurves: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Latency',
  description:
    'Percentiles of expected responses over the last pushes, all endpoints together, with the limits of the SLA file. From histograms with 9 % wide buckets, so within 4.5 %.',
  unit: 's',
  noValue: 'No native histogram: see "Classic trend stats" below',
  width: 12,
  height: 10,
  min: 0,
  queries: [
    { expr: percentile(0.5), legend: 'p50', colour: 'sky' },
    { expr: percentile(0.95), legend: 'p95', colour: 'blue' },
    { expr: percentile(0.99), legend: 'p99', colour: 'purple' },
    {
      expr: limitLine('latency:p.*'),
      legend: 'SLA {{objective}}',
      colour: 'vermillion',
      dashed: true,
    },
  ],
}

export const latencyHeatmap: HeatmapSpec = {
  kind: 'heatmap',
  title: 'Latency, all requests',
  description:
    'How many requests took how long: brighter cells have more. Shows what percentiles hide, such as two groups of requests.',
  unit: 's',
  noValue: 'No native histogram: see "Classic trend stats" below',
  width: 12,
  height: 10,
  queries: [{ expr: distribution, legend: 'Requests' }],
}

/** One percentile, one curve for each endpoint. */
export const latencyByEndpoint: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Latency p95 by endpoint',
  description: 'Expected responses over the last pushes. Blue is fast, red is slow.',
  unit: 's',
  noValue: 'No native histogram in this time range',
  width: 12,
  min: 0,
  queries: [{ expr: percentile(0.95, 'name'), legend: '{{name}}' }],
}
