import { rounded } from '../core/rounded.ts'
import { measureRatio } from './from-samples/measure-ratio.ts'
import { seriesFailures } from './from-series/series-failures.ts'
import { seriesShare } from './from-series/series-share.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { MIRRORED } from './k6-check.ts'
import { ofRequests, ratioOf } from './live/live-measure.ts'
import { shareOf } from './live/share-of.ts'
import { metricKey } from './selector.ts'

/** What all shares of events have in common. */
const PROPORTION = {
  samplesNeeded: () => 1,
  isProportion: true,
  needsInterval: false,
  hasWindows: true,
  inSteps: 'each',
  inPartOfLoad: true,
} as const

/** Share of failed requests. */
export const errorRatio: IndicatorRecord<'error-ratio'> = {
  ...PROPORTION,
  schema: 'share of failed requests',
  read: () => ({ kind: 'error-ratio' }),
  write: () => '',
  text: () => 'error-ratio',
  limitRule: () => ({ unit: 'ratio', better: 'low', most: 1 }),
  metricTypes: undefined,
  k6Check: (_, { shared, tags }) => {
    return { ...shared, metric: metricKey('http_req_failed', tags), aggregate: 'rate' }
  },
  measure: (objective, context) =>
    measureRatio(objective, { table: 'requests', part: 'failed::INT' }, context),
  live: {
    over: 'samples',
    create: (_, windowSeconds) =>
      ofRequests(windowSeconds, ({ failures, requests }) => ratioOf(failures, requests)),
  },
  fromSeries: (_, context) => seriesFailures('bad', context),
  alert: {
    by: 'budget',
    budget: ({ limit }) => ({ subject: 'errors', budgetRatio: limit.value }),
    isComparedToBaseline: true,
  },
}

/** Share of requests that did not fail. */
export const availability: IndicatorRecord<'availability'> = {
  ...PROPORTION,
  schema: 'share of requests that did not fail',
  read: () => ({ kind: 'availability' }),
  write: () => '',
  text: () => 'availability',
  limitRule: () => ({ unit: 'ratio', better: 'high', most: 1 }),
  metricTypes: undefined,
  k6Check: ({ limit }, { shared, tags }) => ({
    ...shared,
    metric: metricKey('http_req_failed', tags),
    aggregate: 'rate',
    operator: MIRRORED[limit.operator],
    bound: rounded(1 - limit.value),
  }),
  measure: (objective, context) =>
    measureRatio(objective, { table: 'requests', part: '(NOT failed)::INT' }, context),
  live: {
    over: 'samples',
    create: (_, windowSeconds) =>
      ofRequests(windowSeconds, ({ failures, requests }) => ratioOf(requests - failures, requests)),
  },
  fromSeries: (_, context) => seriesFailures('good', context),
  alert: {
    by: 'budget',
    budget: ({ limit }) => ({ subject: 'errors', budgetRatio: rounded(1 - limit.value) }),
    isComparedToBaseline: false,
  },
}

/** Share of a k6 Rate's values that are not zero. */
export const share: IndicatorRecord<'share'> = {
  ...PROPORTION,
  schema: {
    type: 'string',
    description: 'A k6 Rate: the share of values that are not zero.',
    examples: ['checks'],
  },
  read: (metric) => ({ kind: 'share', metric }),
  write: ({ metric }) => metric,
  text: ({ metric }) => `share of ${metric}`,
  limitRule: () => ({ unit: 'ratio', better: 'either', most: 1 }),
  metricTypes: ['rate'],
  // A tag of a custom metric need not be on any request; a Rate counts its own samples.
  k6Check: ({ indicator }, { shared, tags, span }) => ({
    ...shared,
    metric: metricKey(indicator.metric, tags),
    aggregate: 'rate',
    guard: metricKey('http_reqs', span.tags),
  }),
  measure: (objective, context) =>
    measureRatio(objective, { table: 'samples', part: '(value <> 0)::INT' }, context),
  live: { over: 'samples', create: ({ metric }, seconds) => shareOf(metric, seconds) },
  fromSeries: ({ indicator }, context) => seriesShare(indicator.metric, context),
  alert: {
    by: 'budget',
    budget: ({ indicator: { metric }, limit: { operator, value } }) =>
      operator.startsWith('<')
        ? { subject: 'outcomes', metric, budgetRatio: value, good: 'fail' }
        : { subject: 'outcomes', metric, budgetRatio: rounded(1 - value), good: 'pass' },
    isComparedToBaseline: false,
  },
}
