import { type Limit, meets } from '../../core/limit.ts'
import type { Interval } from '../../statistics/interval.ts'
import type { Judgement } from '../verdict.ts'

/** The measured value decides. It is close where the limit lies inside of the interval. */
export function judgeLimit(value: number, interval: Interval | undefined, limit: Limit): Judgement {
  const verdict = meets(value, limit) ? 'PASS' : 'FAIL'
  if (!interval) return { verdict }
  const isClose = meets(interval.low, limit) !== meets(interval.high, limit)
  return { verdict, ...(isClose && { isClose }) }
}
