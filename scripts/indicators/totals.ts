import { rounded } from '../core/limit.ts'
import { edgeSeconds } from './judged-span.ts'
import { measureTotal } from './from-samples/measure-total.ts'
import { ofMeasured, ofSamples } from './from-samples/subject.ts'
import { seriesTotal } from './from-series/series-percentile.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { countOf, rateOf } from './live/live-measure.ts'
import { metricKey } from './measured.ts'

/** What is counted is no estimate: it has no interval, and of a part of the load it says nothing. */
const TOTAL = {
  metricTypes: ['counter'],
  isProportion: false,
  needsInterval: false,
  inSteps: undefined,
  inPartOfLoad: false,
  ofOperations: false,
  measure: measureTotal,
  fromSeries: seriesTotal,
} as const

/** Each of their rows counts one. A row of any other counter may be bytes, or whatever a script adds. */
const ONE_PER_ROW = ['http_reqs', 'iterations', 'ws_sessions', 'ws_msgs_sent', 'ws_msgs_received']

/** A second may lack a tenth of what a rate asks for. */
const TOO_FEW_ALLOWED = 0.1

/** A counter, per second of the judged phases. */
export const rate: IndicatorRecord<'rate'> = {
  ...TOTAL,
  schema: {
    type: 'string',
    description: 'A counter, per second of the judged phases.',
    examples: ['http_reqs', 'iterations', 'data_received'],
  },
  read: (metric) => ({ kind: 'rate', metric }),
  write: ({ metric }) => metric,
  text: ({ metric }) => `rate of ${metric}`,
  limitRule: (_, unit) => ({ unit: unit === 'bytes' ? 'bytes/s' : '/s', better: 'either' }),
  samplesNeeded: () => 1,
  hasWindows: true,
  // k6 divides a counter by the whole run, ramps included; a count over the phase is exact.
  k6Check: ({ indicator, limit }, { shared, tags, span: { seconds } }) => ({
    ...shared,
    metric: metricKey(indicator.metric, tags),
    aggregate: 'count',
    bound: rounded(limit.value * (seconds + edgeSeconds(limit.operator))),
    seconds,
  }),
  subject: (objective, place) => {
    const { metric } = objective.indicator
    if (objective.limit.operator.startsWith('<') || !ONE_PER_ROW.includes(metric)) return undefined
    const isOfRequests = metric === 'http_reqs'
    const rows = isOfRequests ? ofMeasured(objective, place.selection) : ofSamples(objective, place)
    return { ...rows, kind: 'too-few', bad: 'false', allowed: TOO_FEW_ALLOWED, measure: undefined }
  },
  live: {
    over: 'whole window',
    create: ({ indicator: { metric } }, seconds) => rateOf(metric, seconds),
  },
  alert: { by: 'throughput' },
}

/** A counter, in total over the judged phases. */
export const count: IndicatorRecord<'count'> = {
  ...TOTAL,
  schema: {
    type: 'string',
    description: 'A counter, in total over the judged phases.',
    examples: ['http_reqs', 'dropped_iterations'],
  },
  read: (metric) => ({ kind: 'count', metric }),
  write: ({ metric }) => metric,
  text: ({ metric }) => `count of ${metric}`,
  limitRule: (_, unit) => ({ unit: unit === 'bytes' ? 'bytes' : 'total', better: 'either' }),
  // Nothing counted is a total too.
  samplesNeeded: () => 0,
  hasWindows: false,
  k6Check: ({ indicator }, { shared, tags }) => {
    return { ...shared, metric: metricKey(indicator.metric, tags), aggregate: 'count' }
  },
  subject: undefined,
  live: { over: 'start', create: ({ indicator: { metric } }) => countOf(metric) },
  alert: undefined,
}
