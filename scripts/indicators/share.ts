import { rounded } from '../core/limit.ts'
import { measureRatio } from './from-samples/measure-ratio.ts'
import { ofSamples } from './from-samples/subject.ts'
import { seriesShare } from './from-series/series-share.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { shareOf } from './live/live-measure.ts'
import { PROPORTION } from './ratios.ts'
import { metricKey } from './measured.ts'

/** Share of a k6 Rate's values that are not zero. */
export const share: IndicatorRecord<'share'> = {
  ...PROPORTION,
  ofOperations: false,
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
  k6Check: ({ indicator }, { shared, tags }) => ({
    ...shared,
    metric: metricKey(indicator.metric, tags),
    aggregate: 'rate',
  }),
  measure: (objective, context) =>
    measureRatio(objective, { table: 'samples', part: '(value <> 0)::INT' }, context),
  subject: (objective, place) => {
    const { operator, value } = objective.limit
    const isUpper = operator.startsWith('<')
    return {
      ...ofSamples(objective, place),
      kind: 'failed',
      bad: isUpper ? 'value <> 0' : 'value = 0',
      allowed: isUpper ? value : 1 - value,
      measure: 'avg((value <> 0)::INT)',
    }
  },
  live: {
    over: 'samples',
    create: ({ indicator: { metric } }, seconds) => shareOf(metric, seconds),
  },
  fromSeries: ({ indicator, limit }, context) => seriesShare(indicator.metric, limit, context),
  alert: {
    by: 'budget',
    budget: ({ indicator: { metric }, limit: { operator, value } }) =>
      operator.startsWith('<')
        ? { subject: 'outcomes', metric, budgetRatio: value, good: 'fail' }
        : { subject: 'outcomes', metric, budgetRatio: rounded(1 - value), good: 'pass' },
    isComparedToBaseline: false,
  },
}
