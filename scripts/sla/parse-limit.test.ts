import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LimitRule } from '../core/limit.ts'
import { parseLimit } from './parse-limit.ts'
import { isFault, quote } from './field-problem.ts'

const TIME: LimitRule = { unit: 'ms', better: 'low' }
const RATIO: LimitRule = { unit: 'ratio', better: 'low', most: 1 }
const HIGH_RATIO: LimitRule = { unit: 'ratio', better: 'high', most: 1 }
const RATE: LimitRule = { unit: '/s', better: 'either' }
const TOTAL: LimitRule = { unit: 'total', better: 'either' }
const UNITS: LimitRule = { unit: 'units', better: 'either' }
const BYTES: LimitRule = { unit: 'bytes', better: 'either' }
const BYTES_PER_SECOND: LimitRule = { unit: 'bytes/s', better: 'either' }

describe('a limit is read into its base unit', () => {
  const cases: [text: string, rule: LimitRule, operator: string, value: number][] = [
    ['< 200ms', TIME, '<', 200],
    ['<200ms', TIME, '<', 200],
    ['  <=  1.5 s ', TIME, '<=', 1_500],
    ['< 5m', TIME, '<', 300_000],
    ['< 1h', TIME, '<', 3_600_000],
    ['< 0.1%', RATIO, '<', 0.001],
    ['<= 5%', RATIO, '<=', 0.05],
    ['<= 0%', RATIO, '<=', 0],
    ['>= 99.9%', HIGH_RATIO, '>=', 0.999],
    ['>= 100%', HIGH_RATIO, '>=', 1],
    ['>= 1000/s', RATE, '>=', 1_000],
    ['< 1 total', TOTAL, '<', 1],
    ['> 0 total', TOTAL, '>', 0],
    ['< 10000000/s', RATE, '<', 1e7],
    ['< 24h', TIME, '<', 86_400_000],
    ['> 0.01%', HIGH_RATIO, '>', 0.0001],
    ['< 0.0005 units', UNITS, '<', 0.0005],
    ['>=3units', UNITS, '>=', 3],
    ['< 512B', BYTES, '<', 512],
    ['< 50KB', BYTES, '<', 50_000],
    ['< 1.5MB', BYTES, '<', 1_500_000],
    ['> 2GB', BYTES, '>', 2e9],
    ['> 5MB/s', BYTES_PER_SECOND, '>', 5e6],
  ]
  for (const [text, rule, operator, value] of cases) {
    test(text, () => {
      const { unit } = rule
      assert.deepEqual(parseLimit(text, rule), { operator, value, unit, text: text.trim() })
    })
  }
})

describe('a limit that cannot be judged is refused with what was expected, found and a hint', () => {
  const cases: [text: unknown, rule: LimitRule, expected: RegExp, hint: RegExp][] = [
    [200, TIME, /operator .* number and a unit/, /"< 200ms"/],
    [null, TIME, /operator/, /"< 200ms"/],
    ['200ms', TIME, /operator/, /"< 200ms"/],
    ['== 200ms', TIME, /operator/, /"< 200ms"/],
    ['< 200', TIME, /units ms, s, m, h/, /"200ms"/],
    ['< 200MS', TIME, /units ms/, /"200ms"/],
    ['< 200%', TIME, /units ms/, /"200ms"/],
    ['< 99.9', RATIO, /unit %/, /"99.9%"/],
    ['< 200ms', RATIO, /unit %/, /"200%"/],
    ['>= 1000 req/s', RATE, /unit \/s/, /"1000\/s"/],
    ['>= 10', TOTAL, /unit total/, /"10 total"/],
    ['< 10', UNITS, /the unit units/, /"10 units"/],
    ['< 10ms', UNITS, /the unit units/, /"10 units"/],
    ['< 10 total', UNITS, /the unit units/, /"10 units"/],
    ['< 10 units', TIME, /units ms, s, m, h/, /"10ms"/],
    ['< 10 kb', BYTES, /units B, KB/, /"10KB"/],
    ['< NaN%', RATIO, /zero or more/, /digits/],
    ['< -5ms', TIME, /zero or more/, /digits/],
    ['< 1e3ms', TIME, /zero or more/, /digits/],
    ['< 1,000ms', TIME, /zero or more/, /digits/],
    ['< 5 constructor', TIME, /units ms/, /ms/],
    ['> 200ms', TIME, /lower is better/, /around/],
    ['<= 99.9%', HIGH_RATIO, /higher is better/, /around/],
    ['>= 0%', HIGH_RATIO, /some results meet and others miss/, /Every result/],
    ['<= 100%', RATIO, /some results meet/, /Every result/],
    ['< 100%', RATIO, /some results meet/, /Every result/],
    ['< 99.999%', RATIO, /some results meet/, /Every result/],
    ['>= 0.0000001%', HIGH_RATIO, /some results meet/, /Every result/],
    ['< 1000000h', TIME, /some results meet/, /Every result/],
    [`< ${'9'.repeat(400)}ms`, TIME, /some results meet/, /Every result/],
    ['<= 99999999/s', RATE, /some results meet/, /Every result/],
    ['>= 0.00001/s', RATE, /some results meet/, /Every result/],
    ['< 9999999999999 total', TOTAL, /some results meet/, /Every result/],
    ['< 9999999GB', BYTES, /some results meet/, /Every result/],
    ['< 0ms', TIME, /some results meet/, /No result/],
    ['< 150%', RATIO, /some results meet/, /out of range/],
    ['> 100%', HIGH_RATIO, /some results meet/, /No result/],
  ]
  for (const [text, rule, expected, hint] of cases) {
    test(`${quote(text)} for ${rule.unit}`, () => {
      const fault = parseLimit(text, rule)
      assert(isFault(fault))
      assert.match(fault.expected, expected)
      assert.equal(fault.found, quote(text))
      assert.match(fault.hint, hint)
    })
  }
})
