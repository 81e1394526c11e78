import type { Limit, LimitRule, Unit } from '../core/limit.ts'
import { type Fault, quote } from './problem.ts'

/**
 * Between these lies whatever a run can measure, so an upper bound above and a lower bound below them is met by
 * every run: a day, a hundredfold growth, ten million requests per second, a terabyte per second.
 */
const REACH: Record<Unit, { least: number; most: number }> = {
  ms: { least: 0.001, most: 86_400_000 },
  ratio: { least: 0.0001, most: 100 },
  '/s': { least: 0.0001, most: 1e7 },
  total: { least: 0, most: 1e12 },
  units: { least: 0, most: 1e12 },
  bytes: { least: 0, most: 1e15 },
  'bytes/s': { least: 0.0001, most: 1e12 },
}

/** A limit that cannot fail would say PASS without proof; one that cannot be met is a typing error. */
export function vacuousFault(limit: Limit, { most }: LimitRule): Fault | undefined {
  const { operator, value, text, unit } = limit
  const above = most !== undefined && value > most
  // A value without a unit may be below zero.
  const never =
    (operator === '<' && value === 0 && unit !== 'units') || (operator === '>' && value === most)
  const always = isAlwaysMet(limit, most)
  if (!always && !above && !never) return undefined
  const expected = 'a limit that some results meet and others miss'
  if (above) {
    return {
      expected,
      found: quote(text),
      hint: 'The value is out of range: a share is at most 100%.',
    }
  }
  const hint = never ? 'No result can meet this limit.' : 'Every result meets this limit.'
  return { expected, found: quote(text), hint }
}

function isAlwaysMet({ operator, value, unit }: Limit, most: number | undefined): boolean {
  const { least } = REACH[unit]
  // `> 0 total` asks for a first one.
  if (operator.startsWith('>')) {
    if (unit === 'units') return false
    return value === 0 ? operator === '>=' : value < least
  }
  return most === undefined ? value > REACH[unit].most : value > most - least
}
