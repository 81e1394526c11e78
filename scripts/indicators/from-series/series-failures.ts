import { ratioInterval } from '../../statistics/ratio-interval.ts'
import type { Measurement } from '../from-samples/measurement.ts'
import type { Objective } from '../objective.ts'
import type { Selected } from './series-context.ts'
import { seriesEvents } from './series-events.ts'

/** The share of requests or operations that were `good` or `bad`; both are counted, so it is exact. */
export function seriesFailures(
  wanted: 'good' | 'bad',
  objective: Pick<Objective, 'limit' | 'of'>,
  context: Selected,
): Measurement {
  const { total, failed, countOf } = seriesEvents(objective, context)
  const isGood = wanted === 'good'
  const events = isGood ? total - failed : failed
  const sql = `${countOf(`,expected_response${isGood ? '!=' : '='}"false"`)} / ${countOf('')}`
  const estimate = ratioInterval([{ events, total }])
  if (!estimate) return { samples: 0, sql }
  const { ratio: value, interval } = estimate
  const { value: bound } = objective.limit
  // All or nothing is held against the count, as it is with samples.
  const isEnd = bound === 0 || bound === 1
  return { samples: total, value, ...(context.isSample && !isEnd && { interval }), sql }
}
