// The API from both sides: what k6 saw and what the API itself counted. Where they differ, look between them.
import * as business from '../queries/business.ts'
import * as errors from '../queries/errors.ts'
import * as latency from '../queries/latency.ts'
import * as load from '../queries/load.ts'
import { limitLine } from '../queries/objectives.ts'
import * as sandbox from '../queries/sandbox.ts'
import type { BoardSpec, QuerySpec, TimeSeriesSpec } from '../panels/spec.ts'
import { latencyByEndpoint } from './latency-panels.ts'

const NO_RUN = 'No request in this time range'

const sla = (indicator: string): QuerySpec => ({
  expr: limitLine(indicator),
  legend: 'SLA {{objective}}',
  colour: 'vermillion',
  dashed: true,
})

const responseTime: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Response time p95',
  description:
    "k6's is the user's: network and queues in front of the API included. The sandbox's begins when it has the request, and is interpolated in fixed buckets.",
  unit: 's',
  noValue: NO_RUN,
  width: 12,
  min: 0,
  queries: [
    { expr: latency.percentile(0.95), legend: 'k6', colour: 'blue' },
    { expr: sandbox.servedPercentile(0.95), legend: 'sandbox', colour: 'orange' },
    sla('latency:p95'),
  ],
}

const parts: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Parts of the response time',
  description:
    'Means over the last pushes: waiting for the first byte, receiving the rest, sending, and waiting for a free connection. Means, since parts of percentiles do not add up.',
  unit: 's',
  noValue: NO_RUN,
  width: 12,
  min: 0,
  stacked: true,
  queries: [
    { expr: latency.meanOfPart('waiting'), legend: 'Waiting', colour: 'blue' },
    { expr: latency.meanOfPart('receiving'), legend: 'Receiving', colour: 'green' },
    { expr: latency.meanOfPart('sending'), legend: 'Sending', colour: 'orange' },
    { expr: latency.meanOfPart('blocked'), legend: 'Blocked', colour: 'purple' },
  ],
}

const throughput: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Throughput',
  description: 'Requests per second that k6 finished and that the sandbox answered.',
  unit: 'reqps',
  noValue: NO_RUN,
  width: 12,
  min: 0,
  queries: [
    { expr: load.requestRate, legend: 'k6', colour: 'blue' },
    { expr: sandbox.served, legend: 'sandbox', colour: 'orange' },
    sla('rate:http_reqs'),
  ],
}

const inFlight: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'In flight',
  description:
    'Requests that the sandbox has received and not answered. It grows when the API cannot follow.',
  unit: 'short',
  noValue: 'Prometheus scrapes no sandbox',
  width: 12,
  min: 0,
  queries: [{ expr: sandbox.inFlight, legend: 'sandbox', colour: 'orange' }],
}

const errorRate: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Error rate',
  description:
    'Share of requests that failed. k6 also counts what never reached the API, the sandbox only its own 5xx.',
  unit: 'percentunit',
  noValue: NO_RUN,
  width: 12,
  min: 0,
  queries: [
    { expr: errors.errorRatio, legend: 'k6', colour: 'blue' },
    { expr: sandbox.servedErrors, legend: 'sandbox', colour: 'orange' },
    sla('error-ratio'),
  ],
}

const errorsByEndpoint: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Error rate by endpoint',
  description: 'Share of the requests of each endpoint that failed; 0 as long as nothing failed.',
  unit: 'percentunit',
  noValue: NO_RUN,
  width: 12,
  min: 0,
  queries: [{ expr: errors.errorRatioBy('name'), legend: '{{name}}' }],
}

const accuracy: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Technique accuracy',
  description:
    'Share of answers with the prompt technique that was expected. The sandbox knows it only of callers that say what they expect.',
  unit: 'percentunit',
  noValue: 'This workload does not measure technique_accuracy',
  width: 12,
  max: 1,
  queries: [
    { expr: business.techniqueAccuracy, legend: 'k6', colour: 'blue' },
    { expr: business.sandboxAccuracy, legend: 'sandbox', colour: 'orange' },
    sla('share:technique_accuracy'),
  ],
}

const checks: TimeSeriesSpec = {
  kind: 'timeseries',
  title: 'Checks that passed',
  description: "Share of answers with the promised status and content, by k6's check.",
  unit: 'percentunit',
  noValue: 'This run has no checks',
  width: 12,
  max: 1,
  queries: [{ expr: errors.checksPassed, legend: '{{check}}' }, sla('share:checks')],
}

export const applicationMetrics: BoardSpec = {
  uid: 'k6v-application-metrics',
  title: 'k6-verdict / Application metrics',
  description:
    'How fast, how much and how right does the API answer, seen by k6 and by the API itself?',
  from: 'now-15m',
  rows: [
    { title: 'Response time', panels: [responseTime, parts, latencyByEndpoint, inFlight] },
    { title: 'Throughput and errors', panels: [throughput, errorRate, errorsByEndpoint] },
    { title: 'Answers', panels: [accuracy, checks] },
  ],
}
