import type { Limit, Operator } from '../sla/limit.ts'
import type { Interval } from './statistics/interval.ts'

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

/**
 * PASS when the whole interval meets the limit, FAIL when none of it does, else MARGINAL: the limit lies
 * inside of what the truth may be. Without an interval the value alone decides.
 */
export function judgeLimit(
  value: number,
  interval: Interval | undefined,
  limit: Limit,
): 'PASS' | 'MARGINAL' | 'FAIL' {
  const ends = interval ? [interval.low, interval.high] : [value]
  const met = ends.filter((end) => meets(end, limit)).length
  if (met === ends.length) return 'PASS'
  return met === 0 ? 'FAIL' : 'MARGINAL'
}
