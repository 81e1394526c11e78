import type { Limit, LimitRule, Operator, Unit } from '../core/limit.ts'
import { type Fault, quote } from './field-problem.ts'

/** Spellings of each base unit and their size. Data is decimal, as k6 prints it: 1 KB is 1000 B. */
const SPELLINGS: Record<Unit, Record<string, number>> = {
  ms: { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 },
  ratio: { '%': 0.01 },
  '/s': { '/s': 1 },
  total: { total: 1 },
  units: { units: 1 },
  bytes: { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 },
  'bytes/s': { 'B/s': 1, 'KB/s': 1e3, 'MB/s': 1e6, 'GB/s': 1e9 },
}

const WORDS: readonly Unit[] = ['total', 'units']

const EXAMPLES: Record<Unit, string> = {
  ms: '200ms',
  ratio: '0.1%',
  '/s': '1000/s',
  total: '10 total',
  units: '10 units',
  bytes: '50MB',
  'bytes/s': '5MB/s',
}

/** Reads `"< 200ms"`. A fault says what was expected, what was found and how to fix it. */
export function parseLimit(text: unknown, rule: LimitRule): Limit | Fault {
  const example = `${rule.better === 'high' ? '>=' : '<'} ${EXAMPLES[rule.unit]}`
  const written = typeof text === 'string' ? text.trim() : ''
  const [, operator, rest] = /^(<=|>=|<|>)\s*(\S.*)$/.exec(written) ?? []
  if (operator === undefined || rest === undefined) {
    return {
      expected: 'text with an operator (<, <=, > or >=), a number and a unit',
      found: quote(text),
      hint: `Write for instance "${example}".`,
    }
  }
  const value = parseAmount(rest, rule.unit)
  if (typeof value !== 'number') return { ...value, found: quote(text) }
  const limit = { operator: operator as Operator, value, unit: rule.unit, text: written }
  return directionFault(limit, rule) ?? vacuousFault(limit, rule) ?? limit
}

function parseAmount(text: string, unit: Unit): number | Omit<Fault, 'found'> {
  const [, digits, spelling] = /^(\d+(?:\.\d+)?)\s*(\D*)$/.exec(text) ?? []
  if (digits === undefined || spelling === undefined) {
    return {
      expected: 'a number that is zero or more, then a unit',
      hint: `Write digits with an optional decimal point, for instance "${EXAMPLES[unit]}".`,
    }
  }
  const size = new Map(Object.entries(SPELLINGS[unit])).get(spelling)
  if (size === undefined) {
    const units = Object.keys(SPELLINGS[unit])
    const guess =
      units.find((each) => each.toLowerCase() === spelling.toLowerCase()) ?? units[0] ?? ''
    return {
      expected:
        units.length === 1 ? `the unit ${units[0] ?? ''}` : `one of the units ${units.join(', ')}`,
      hint: `Write for instance "${digits}${WORDS.includes(unit) ? ' ' : ''}${guess}".`,
    }
  }
  // 99.9 * 0.01 is 0.9990000000000001 in floating point: a limit must stay what was written.
  return Number((Number(digits) * size).toPrecision(12))
}

function directionFault(limit: Limit, { better }: LimitRule): Fault | undefined {
  const isUpper = limit.operator.startsWith('<')
  if (better === 'either' || isUpper === (better === 'low')) return undefined
  return {
    expected:
      better === 'low' ? '< or <=, since lower is better' : '> or >=, since higher is better',
    found: quote(limit.text),
    hint: 'Turn the operator around: as written, only bad results would pass.',
  }
}

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
