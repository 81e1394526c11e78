export type Operator = '<' | '<=' | '>' | '>='

/** Base units of limits and measured values; `ratio` is 0 to 1. */
export type Unit = 'ms' | 'ratio' | '/s' | 'total' | 'units' | 'bytes' | 'bytes/s'

/** A limit, read. */
export interface Limit {
  operator: Operator
  /** In `unit`: `< 5m` is 300000, `>= 99.9%` is 0.999. */
  value: number
  unit: Unit
  /** As written in the file. */
  text: string
}

/** What a limit of an indicator must look like. */
export interface LimitRule {
  unit: Unit
  /** `low`: only < and <= make sense; `high`: only > and >=. */
  better: 'low' | 'high' | 'either'
  /** Highest value the indicator can reach, in base units. */
  most?: number
}

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

/** Without the error of floating point: 1 - 0.999 is 0.0010000000000000009, which no limit in a file says. */
export function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
