import {
  missesSql,
  ofSamples,
  type Place,
  selectionOf,
  type Subject,
} from './from-samples/subject.ts'
import { seriesStatistic } from './from-series/series-percentile.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import type { Indicator, Statistic } from './indicator.ts'
import { K6_METRICS } from './k6-metrics.ts'
import { minimumSamples } from './missed-by-few.ts'
import { metricKey } from './measured.ts'
import type { Objective } from './objective.ts'
import { measurePercentile } from './from-samples/measure-percentile.ts'
import type { MeasureContext, Measurement } from './from-samples/measurement.ts'
import { everySecond, sumError } from '../statistics/batch-means.ts'
import type { Interval } from '../statistics/percentile-interval.ts'

/** A statistic of a trend or gauge. */
export const statistic: IndicatorRecord<'statistic'> = {
  schema: {
    type: 'string',
    pattern: '^(avg|min|max|p[1-9]\\d?(\\.\\d{1,3})?) of \\w+$',
    description:
      'A statistic of a trend or gauge: avg, min, max or a percentile. The unit of its limit is ms for times, B for data, else "units".',
    examples: ['p95 of cost_usd', 'max of vus'],
  },
  read: (value) => {
    const [name = '', metric = ''] = value.split(' of ')
    const isPercentile = name.startsWith('p')
    const statistic = isPercentile ? Number(name.slice(1)) : (name as 'avg' | 'min' | 'max')
    return { kind: 'statistic', metric, statistic }
  },
  write,
  text: write,
  limitRule: (_, unit) => ({ unit, better: 'either' }),
  samplesNeeded: ({ statistic }) => fewestOf(statistic),
  metricTypes: ['trend', 'gauge'],
  isProportion: false,
  needsInterval: false,
  hasWindows: false,
  inSteps: undefined,
  inPartOfLoad: true,
  ofOperations: false,
  k6Check: ({ indicator: { metric, statistic } }, { shared, tags }) => {
    if (K6_METRICS[metric]?.type === 'gauge') return undefined
    return {
      ...shared,
      metric: metricKey(metric, tags),
      aggregate: typeof statistic === 'number' ? `p(${statistic})` : statistic,
      minimumSamples: fewestOf(statistic),
    }
  },
  measure: measureStatistic,
  subject: subjectOfStatistic,
  live: undefined,
  fromSeries: ({ indicator, limit }, context) =>
    seriesStatistic(indicator.metric, indicator.statistic, { ...context, limit }),
  alert: undefined,
}

// `p95 of cost_usd`
function write({ statistic, metric }: Indicator<'statistic'>): string {
  return `${typeof statistic === 'number' ? `p${statistic}` : statistic} of ${metric}`
}

function fewestOf(statistic: Statistic): number {
  return typeof statistic === 'number' ? minimumSamples(statistic) : 1
}

/** avg, min, max or a percentile of a trend or gauge. */
async function measureStatistic(
  objective: Objective<'statistic'>,
  context: MeasureContext,
): Promise<Measurement> {
  const selection = selectionOf(objective, context)
  const { limit, indicator } = objective
  const { statistic } = indicator
  const from = `SELECT value AS v, at_us FROM samples WHERE ${selection.condition}`
  if (typeof statistic === 'number') {
    const of = { from, percentile: statistic, limit, lengthSeconds: undefined }
    return measurePercentile(of, selection, context)
  }
  const sql = `SELECT count(*) AS samples, ${statistic}(v) AS value FROM (${from})`
  const [row] = await context.database.rows<{ samples: number; value: number | null }>(sql)
  const { samples = 0, value = null } = row ?? {}
  if (value === null) return { samples, sql }
  const interval = statistic === 'avg' ? await meanInterval(from, value, context) : undefined
  return { samples, value, ...(interval && { interval }), sql }
}

async function meanInterval(
  from: string,
  mean: number,
  { database }: MeasureContext,
): Promise<Interval | undefined> {
  const blocks = await database.rows<{ second: number; sum: number; total: number }>(
    `SELECT at_us // 1000000 AS second, sum(v) AS sum, count(*) AS total FROM (${from}) GROUP BY 1`,
  )
  const seconds = everySecond(blocks, { sum: 0, total: 0 })
  const varying = sumError(seconds.map(({ sum, total }) => sum - mean * total))
  if (!varying) return undefined
  const total = blocks.reduce((all, block) => all + block.total, 0)
  const reach = (varying.reach * varying.error) / total
  return { low: mean - reach, high: mean + reach }
}

// A row can be too much, but none is too little by itself.
function subjectOfStatistic(objective: Objective<'statistic'>, place: Place): Subject | undefined {
  const { indicator, limit } = objective
  const { statistic } = indicator
  if (limit.operator.startsWith('>') || statistic === 'min') return undefined
  const isPercentile = typeof statistic === 'number'
  return {
    ...ofSamples(objective, place),
    kind: 'slow',
    bad: missesSql('value', limit),
    allowed: isPercentile ? 1 - statistic / 100 : statistic === 'max' ? 0 : undefined,
    measure: isPercentile ? `quantile_cont(value, ${statistic / 100})` : `${statistic}(value)`,
  }
}
