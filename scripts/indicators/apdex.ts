import { parseDuration } from '../../lib/duration.ts'
import { rounded } from '../core/limit.ts'
import { measureRatio } from './from-samples/measure-ratio.ts'
import { ofMeasured } from './from-samples/subject.ts'
import { seriesApdex } from './from-series/series-share.ts'
import type { IndicatorRecord } from './indicator-record.ts'
import { measuredOf } from './measured.ts'
import { overMeasured, ratioOf } from './live/live-measure.ts'

/** Source: Apdex Alliance, "Application Performance Index Technical Specification" 1.1, 2007: F = 4 T. */
export const apdex: IndicatorRecord<'apdex'> = {
  schema: {
    type: 'string',
    pattern: '^(\\d+(\\.\\d+)?(ms|s|m|h))+$',
    description:
      'Apdex with this target time: satisfied up to it, tolerating up to four times it; in %.',
    examples: ['200ms'],
  },
  read: (value) => ({ kind: 'apdex', targetMs: rounded(parseDuration(value) * 1_000) }),
  write: ({ targetMs }) => `${targetMs}ms`,
  text: ({ targetMs }) => `apdex (${targetMs}ms)`,
  limitRule: () => ({ unit: 'ratio', better: 'high', most: 1 }),
  samplesNeeded: () => 1,
  metricTypes: undefined,
  isProportion: false,
  needsInterval: false,
  hasWindows: true,
  inSteps: 'each',
  inPartOfLoad: true,
  ofOperations: true,
  k6Check: undefined,
  measure: (objective, context) => {
    const part = scoreSql(objective.indicator.targetMs)
    return measureRatio(objective, { ...measuredOf(objective), part }, context)
  },
  subject: (objective, { selection }) => ({
    ...ofMeasured(objective, selection),
    kind: 'slow',
    bad: `(failed OR duration_ms > ${objective.indicator.targetMs})`,
    allowed: 1 - objective.limit.value,
    measure: undefined,
  }),
  live: {
    over: 'samples',
    create: (objective, windowSeconds) =>
      overMeasured(objective, windowSeconds, (window) => {
        const { targetMs } = objective.indicator
        const latencies = window.latenciesMs()
        const scored = latencies.reduce((sum, each) => sum + score(each, targetMs), 0)
        return ratioOf(scored, window.requests)
      }),
  },
  fromSeries: seriesApdex,
  alert: undefined,
}

function score(latencyMs: number, targetMs: number): number {
  if (latencyMs <= targetMs) return 1
  return latencyMs <= 4 * targetMs ? 0.5 : 0
}

function scoreSql(targetMs: number): string {
  return `CASE WHEN failed THEN 0 WHEN duration_ms <= ${targetMs} THEN 1
    WHEN duration_ms <= ${4 * targetMs} THEN 0.5 ELSE 0 END`
}
