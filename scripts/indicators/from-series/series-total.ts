import type { Measurement } from '../from-samples/measurement.ts'
import { reason } from '../../reasons/reasons.ts'
import { edgeSeconds } from '../judged-span.ts'
import { K6_METRICS } from '../k6-metrics.ts'
import type { Objective } from '../objective.ts'
import { secondsOf, spansOf } from '../timeline.ts'
import { sumOf, valuesOf } from './run-series.ts'
import { nothing, REQUESTS, type Selected } from './series-context.ts'

/** rate and count, from the last values of k6's counters. */
export function seriesTotal(
  { indicator: { kind, metric }, limit }: Objective<'rate' | 'count'>,
  context: Selected,
): Measurement {
  const { run, selection, timeline, isWhole } = context
  if (K6_METRICS[metric]?.isUntagged)
    return nothing(`k6 says of no ${metric} in which phase it was`)
  const isRate = kind === 'rate'
  const seconds = secondsOf(spansOf(timeline, selection.phases))
  const counters = valuesOf(run, `k6_${metric}_total`)
  const chosen = counters.filter(({ labels }) => selection.matches(labels))
  const sum = sumOf(chosen)
  const total = `sum(k6_${metric}_total{${selection.matchers}})`
  const sql = isRate ? `${total} / ${seconds}` : total
  if (isRate && !isWhole) {
    return { samples: sum, reason: reason('RUN_CUT_SHORT', {}), sql }
  }
  // Nothing counted is a total of zero, if anything was done at all.
  const done = [...valuesOf(run, REQUESTS), ...valuesOf(run, 'k6_iterations_total')]
  const couldCount = done.some(({ labels }) => selection.matches(labels))
  if (chosen.length === 0 && (isRate || !couldCount)) return { samples: 0, sql }
  if (!isRate) return { samples: sum, value: sum, sql }
  const compared = sum / (seconds + edgeSeconds(limit.operator))
  return { samples: sum, value: sum / seconds, compared, sql }
}
