import type { Limit } from '../../core/limit.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import { ratioInterval } from '../../statistics/ratio-interval.ts'
import { sumOf, valuesOf } from './run-series.ts'
import { REQUESTS, type Selected } from './series-context.ts'

/** The share of requests that were `good` or `bad`; k6 counts both, so it is exact. */
export function seriesFailures(
  wanted: 'good' | 'bad',
  { value: bound }: Limit,
  { run, isSample, selection }: Selected,
): Measurement {
  const requests = valuesOf(run, REQUESTS).filter(({ labels }) => selection.matches(labels))
  const failed = requests.filter(({ labels }) => labels['expected_response'] === 'false')
  const isGood = wanted === 'good'
  const total = sumOf(requests)
  const events = isGood ? total - sumOf(failed) : sumOf(failed)
  const ofKind = `${selection.matchers},expected_response${isGood ? '!=' : '='}"false"`
  const sql = `sum(${REQUESTS}{${ofKind}}) / sum(${REQUESTS}{${selection.matchers}})`
  const estimate = ratioInterval([{ events, total }])
  if (!estimate) return { samples: 0, sql }
  const { ratio: value, interval } = estimate
  // All or nothing is held against the count, as it is with samples.
  const isEnd = bound === 0 || bound === 1
  return { samples: total, value, ...(isSample && !isEnd && { interval }), sql }
}
