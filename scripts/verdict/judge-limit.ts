import type { Limit, Operator } from '../sla/limit.ts'
import type { Interval } from './statistics/interval.ts'
import type { Judgement } from './verdict.ts'

const COMPARE: Record<Operator, (value: number, bound: number) => boolean> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
}

/** Whether a value meets a limit. */
export function meets(value: number, { operator, value: bound }: Limit): boolean {
  return COMPARE[operator](value, bound)
}

/** The measured value decides. It is close where the limit lies inside of the interval. */
export function judgeLimit(value: number, interval: Interval | undefined, limit: Limit): Judgement {
  const verdict = meets(value, limit) ? 'PASS' : 'FAIL'
  if (!interval) return { verdict }
  const isClose = meets(interval.low, limit) !== meets(interval.high, limit)
  return { verdict, ...(isClose && { isClose }) }
}
