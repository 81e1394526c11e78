import { rounded } from '../core/limit.ts'
import { measureRatio } from './from-samples/measure-ratio.ts'
import { failuresOf, ofMeasured } from './from-samples/subject.ts'
import { seriesFailures } from './from-series/series-share.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { MIRRORED } from './k6-metrics.ts'
import { overMeasured, ratioOf } from './live/live-measure.ts'
import { measuredOf, metricKey } from './measured.ts'

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
  ofOperations: true,
  schema: 'share of failed requests',
  read: () => ({ kind: 'error-ratio' }),
  write: () => '',
  text: () => 'error-ratio',
  limitRule: () => ({ unit: 'ratio', better: 'low', most: 1 }),
  metricTypes: undefined,
  k6Check: (objective, { shared, tags }) => {
    const { failed } = measuredOf(objective)
    return { ...shared, metric: metricKey(failed, tags), aggregate: 'rate' }
  },
  measure: (objective, context) =>
    measureRatio(objective, { ...measuredOf(objective), part: 'failed::INT' }, context),
  subject: (objective, { selection }) => {
    const rows = ofMeasured(objective, selection)
    return failuresOf(rows, objective.limit.value, 'avg(failed::INT)')
  },
  live: {
    over: 'samples',
    create: (objective, windowSeconds) =>
      overMeasured(objective, windowSeconds, ({ failures, requests }) =>
        ratioOf(failures, requests),
      ),
  },
  fromSeries: (objective, context) => seriesFailures('bad', objective, context),
  alert: {
    by: 'budget',
    budget: ({ limit }) => ({ subject: 'errors', budgetRatio: limit.value }),
    isComparedToBaseline: true,
  },
}

/** Share of requests that did not fail. */
export const availability: IndicatorRecord<'availability'> = {
  ...PROPORTION,
  ofOperations: true,
  schema: 'share of requests that did not fail',
  read: () => ({ kind: 'availability' }),
  write: () => '',
  text: () => 'availability',
  limitRule: () => ({ unit: 'ratio', better: 'high', most: 1 }),
  metricTypes: undefined,
  k6Check: (objective, { shared, tags }) => ({
    ...shared,
    metric: metricKey(measuredOf(objective).failed, tags),
    aggregate: 'rate',
    operator: MIRRORED[objective.limit.operator],
    bound: rounded(1 - objective.limit.value),
  }),
  measure: (objective, context) =>
    measureRatio(objective, { ...measuredOf(objective), part: '(NOT failed)::INT' }, context),
  subject: (objective, { selection }) => {
    const rows = ofMeasured(objective, selection)
    return failuresOf(rows, 1 - objective.limit.value, 'avg((NOT failed)::INT)')
  },
  live: {
    over: 'samples',
    create: (objective, windowSeconds) =>
      overMeasured(objective, windowSeconds, ({ failures, requests }) =>
        ratioOf(requests - failures, requests),
      ),
  },
  fromSeries: (objective, context) => seriesFailures('good', objective, context),
  alert: {
    by: 'budget',
    budget: ({ limit }) => ({ subject: 'errors', budgetRatio: rounded(1 - limit.value) }),
    isComparedToBaseline: false,
  },
}
