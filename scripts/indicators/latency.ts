import { rounded } from '../core/limit.ts'
import {
  correctedPercentile,
  droppedRowsSql,
  measurePercentile,
} from './from-samples/measure-percentile.ts'
import type { MeasureContext, Measurement, Selection } from './from-samples/measurement.ts'
import { missesSql, ofMeasured, selectionOf } from './from-samples/subject.ts'
import { durationTrend } from './from-series/run-series.ts'
import { expectedOnly, seriesPercentile } from './from-series/series-percentile.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { overMeasured } from './live/live-measure.ts'
import { measuredOf, metricKey } from './measured.ts'
import { minimumSamples } from './missed-by-few.ts'
import type { Objective } from './objective.ts'

/** Percentile of the duration of expected responses. */
export const latency: IndicatorRecord<'latency'> = {
  schema: {
    $ref: '#/definitions/percentile',
    description: 'Percentile of the duration of expected responses.',
  },
  read: (value) => ({ kind: 'latency', percentile: Number(value.slice(1)) }),
  write: ({ percentile }) => `p${percentile}`,
  text: ({ percentile }) => `latency p${percentile}`,
  limitRule: () => ({ unit: 'ms', better: 'low' }),
  samplesNeeded: ({ percentile }) => minimumSamples(percentile),
  metricTypes: undefined,
  isProportion: false,
  needsInterval: true,
  hasWindows: true,
  inSteps: 'each',
  inPartOfLoad: true,
  ofOperations: true,
  k6Check: (objective, { shared, tags }) => ({
    ...shared,
    metric: metricKey(measuredOf(objective).duration, { ...tags, expected_response: 'true' }),
    aggregate: `p(${objective.indicator.percentile})`,
    minimumSamples: minimumSamples(objective.indicator.percentile),
  }),
  measure: measureLatency,
  subject: (objective, { selection }) => {
    const { indicator, limit } = objective
    const { percentile } = indicator
    const bad = missesSql('duration_ms', limit)
    return {
      ...ofMeasured(objective, selection),
      kind: 'slow',
      condition: `(NOT failed OR ${bad}) AND ${selection.condition}`,
      bad,
      allowed: 1 - percentile / 100,
      measure: `quantile_cont(duration_ms, ${percentile / 100})`,
    }
  },
  live: {
    over: 'samples',
    create: (objective, windowSeconds) =>
      overMeasured(objective, windowSeconds, (window) => {
        const { percentile } = objective.indicator
        const answered = window.requests - window.failures
        return answered < minimumSamples(percentile) ? undefined : window.percentileMs(percentile)
      }),
  },
  fromSeries: (objective, context) => {
    const { indicator, limit } = objective
    const selection = expectedOnly(context.selection)
    return seriesPercentile(durationTrend(objective), indicator.percentile, {
      ...context,
      selection,
      limit,
      perUnit: 1_000,
    })
  },
  alert: {
    by: 'budget',
    budget: ({ indicator: { percentile }, limit }) => ({
      subject: 'latency',
      budgetRatio: rounded(1 - percentile / 100),
      limitSeconds: limit.value / 1_000,
    }),
    isComparedToBaseline: true,
  },
}

/** Latency percentile of the expected responses, and of the failures that took longer than the limit. */
async function measureLatency(
  objective: Objective<'latency'>,
  context: MeasureContext,
): Promise<Measurement> {
  const { limit, windows, indicator } = objective
  const selection = selectionOf(objective, context)
  const from = await latenciesSql(objective, selection, context)
  const { percentile } = indicator
  const of = { from, percentile, limit, lengthSeconds: windows?.lengthSeconds }
  const measurement = await measurePercentile(of, selection, context)
  const corrected = await correctedPercentile(of, measurement, context)
  return { ...measurement, ...(corrected !== undefined && { corrected }) }
}

/**
 * A failure that lasted longer than the limit is over the limit, or time-outs would make a target look fast;
 * a fast one says nothing of latency. In the open model an iteration that was dropped is a request that
 * never got its answer.
 */
async function latenciesSql(
  objective: Objective,
  selection: Selection,
  context: MeasureContext,
): Promise<string> {
  const { operator, value } = objective.limit
  const answered = `SELECT duration_ms AS v, at_us FROM ${measuredOf(objective).table}
WHERE (NOT failed OR NOT duration_ms ${operator} ${value}) AND ${selection.condition}`
  const dropped = await droppedRowsSql(selection, context)
  return dropped === undefined ? answered : `${answered}\nUNION ALL ${dropped}`
}
