import { K6_METRICS } from '../k6-metrics.ts'
import { edgeSeconds } from '../edge-seconds.ts'
import type { Objective } from '../objective.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import { reason } from '../../reasons/reasons.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'
import { secondsOf, spansOf } from '../timeline.ts'
import { type SeriesSelection, selectSeries } from './judged-series.ts'
import {
  expectedOnly,
  measureApdex,
  measurePercentile,
  measureStatistic,
} from './measure-histograms.ts'
import { measureShare } from './measure-share.ts'
import { sumOf, valuesOf } from './run-series.ts'
import {
  DURATION,
  NEEDS_SAMPLES,
  nothing,
  REQUESTS,
  type Selected,
  type SeriesContext,
  trendName,
} from './series-context.ts'

/** Computes an objective's indicator from counters and histograms; what needs the samples has no value. */
export function measureSeries(objective: Objective, context: SeriesContext): Measurement {
  const { run, timeline } = context
  const selection = selectSeries(objective, { timeline, testid: run.testid })
  const { indicator, windows } = objective
  if (windows) return nothing(`windows of time: ${NEEDS_SAMPLES}`)
  switch (indicator.kind) {
    case 'latency':
      return measurePercentile(DURATION, indicator.percentile, {
        ...context,
        selection: expectedOnly(selection),
        perUnit: 1_000,
      })
    case 'error-ratio':
    case 'availability':
      return measureFailures(indicator.kind, selection, context)
    case 'apdex':
      return measureApdex(indicator.targetMs / 1_000, selection, context)
    case 'share':
      return measureShare(indicator.metric, selection, context)
    case 'rate':
    case 'count':
      return measureTotal(objective, indicator.metric, { ...context, selection })
    case 'statistic':
      return measureStatistic(indicator.metric, indicator.statistic, { ...context, selection })
    default:
      return nothing(NEEDS_SAMPLES)
  }
}

/** Histograms that a verdict is computed from, by their names in Prometheus without `k6_`. */
export function measuredTrends(
  objectives: readonly { objective: Objective }[],
  metrics: SeriesContext['metrics'],
): string[] {
  const named = objectives.flatMap(({ objective: { indicator } }) =>
    indicator.kind === 'statistic' ? [trendName(indicator.metric, metrics)] : [],
  )
  return [...new Set([DURATION, 'iteration_duration_seconds', ...named])]
}

function measureFailures(
  kind: 'error-ratio' | 'availability',
  selection: SeriesSelection,
  { run, isSample }: SeriesContext,
): Measurement {
  const requests = valuesOf(run, REQUESTS).filter(({ labels }) => selection.matches(labels))
  const failed = requests.filter(({ labels }) => labels['expected_response'] === 'false')
  const isGood = kind === 'availability'
  const total = sumOf(requests)
  const events = isGood ? total - sumOf(failed) : sumOf(failed)
  const ofKind = `${selection.matchers},expected_response${isGood ? '!=' : '='}"false"`
  const sql = `sum(${REQUESTS}{${ofKind}}) / sum(${REQUESTS}{${selection.matchers}})`
  const estimate = ratioInterval([{ events, total }])
  if (!estimate) return { samples: 0, sql }
  const { ratio: value, interval } = estimate
  return { samples: total, value, ...(isSample && { interval }), sql }
}

function measureTotal(
  { indicator, limit }: Objective,
  metric: string,
  context: Selected,
): Measurement {
  const { run, selection, timeline, isWhole } = context
  if (K6_METRICS[metric]?.isUntagged)
    return nothing(`k6 says of no ${metric} in which phase it was`)
  const isRate = indicator.kind === 'rate'
  const seconds = secondsOf(spansOf(timeline, selection.phases))
  const counters = valuesOf(run, `k6_${metric}_total`)
  const chosen = counters.filter(({ labels }) => selection.matches(labels))
  const sum = sumOf(chosen)
  const total = `sum(k6_${metric}_total{${selection.matchers}})`
  const sql = isRate ? `${total} / ${seconds}` : total
  if (isRate && !isWhole) {
    return { samples: sum, reason: reason('RUN_CUT_SHORT', {}), sql }
  }
  // Nothing counted is a total of zero, if requests were sent at all.
  const couldCount = valuesOf(run, REQUESTS).some(({ labels }) => selection.matches(labels))
  if (chosen.length === 0 && (isRate || !couldCount)) return { samples: 0, sql }
  if (!isRate) return { samples: sum, value: sum, sql }
  const compared = sum / (seconds + edgeSeconds(limit.operator))
  return { samples: sum, value: sum / seconds, compared, sql }
}
