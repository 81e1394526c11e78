import { rounded } from '../core/rounded.ts'
import { measureRatio } from './from-samples/measure-ratio.ts'
import { ofFailures } from './from-samples/subject.ts'
import { seriesFailures } from './from-series/series-failures.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { MIRRORED } from './k6-check.ts'
import { overRequests, ratioOf } from './live/live-measure.ts'
import { metricKey } from './selector.ts'

/** What all shares of events have in common. */
export const PROPORTION = {
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
  subject: ({ limit }, { selection }) => ofFailures(selection, limit.value, 'avg(failed::INT)'),
  live: {
    over: 'samples',
    create: (_, windowSeconds) =>
      overRequests(windowSeconds, ({ failures, requests }) => ratioOf(failures, requests)),
  },
  fromSeries: ({ limit }, context) => seriesFailures('bad', limit, context),
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
  subject: ({ limit }, { selection }) =>
    ofFailures(selection, 1 - limit.value, 'avg((NOT failed)::INT)'),
  live: {
    over: 'samples',
    create: (_, windowSeconds) =>
      overRequests(windowSeconds, ({ failures, requests }) =>
        ratioOf(requests - failures, requests),
      ),
  },
  fromSeries: ({ limit }, context) => seriesFailures('good', limit, context),
  alert: {
    by: 'budget',
    budget: ({ limit }) => ({ subject: 'errors', budgetRatio: rounded(1 - limit.value) }),
    isComparedToBaseline: false,
  },
}
