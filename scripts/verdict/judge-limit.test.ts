import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Limit, Operator } from '../sla/limit.ts'
import { judgeLimit, meets } from './judge-limit.ts'

function limit(operator: Operator): Limit {
  return { operator, value: 100, unit: 'ms', text: `${operator} 100ms` }
}

describe('a value meets a limit', () => {
  const cases: [operator: Operator, below: boolean, equal: boolean, above: boolean][] = [
    ['<', true, false, false],
    ['<=', true, true, false],
    ['>', false, false, true],
    ['>=', false, true, true],
  ]
  for (const [operator, ...expected] of cases) {
    test(`${operator} 100`, () => {
      const values = [99.999999, 100, 100.000001]
      assert.deepEqual(
        values.map((value) => meets(value, limit(operator))),
        expected,
      )
      assert.deepEqual(
        values.map((value) => judgeLimit(value, undefined, limit(operator))),
        expected.map((isMet) => (isMet ? 'PASS' : 'FAIL')),
      )
    })
  }
})

describe('PASS needs the whole interval within the limit, FAIL all of it beyond', () => {
  const cases: [low: number, high: number, operator: Operator, verdict: string][] = [
    [80, 99, '<', 'PASS'],
    [80, 100, '<', 'MARGINAL'],
    [80, 100, '<=', 'PASS'],
    [80, 120, '<', 'MARGINAL'],
    [100, 120, '<', 'FAIL'],
    [100, 120, '<=', 'MARGINAL'],
    [101, 120, '<=', 'FAIL'],
    [101, 120, '>', 'PASS'],
    [100, 120, '>', 'MARGINAL'],
    [100, 120, '>=', 'PASS'],
    [80, 120, '>=', 'MARGINAL'],
    [80, 100, '>', 'FAIL'],
    [80, 99, '>=', 'FAIL'],
    [100, 100, '<', 'FAIL'],
    [100, 100, '<=', 'PASS'],
  ]
  for (const [low, high, operator, verdict] of cases) {
    test(`${low} to ${high} is ${operator} 100: ${verdict}`, () => {
      for (const value of [low, (low + high) / 2, high]) {
        assert.equal(judgeLimit(value, { low, high }, limit(operator)), verdict)
      }
    })
  }
})
