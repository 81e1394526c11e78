import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Limit, type Operator, meets } from '../../core/limit.ts'
import { judgeLimit } from './judge-objective.ts'

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
        expected.map((isMet) => ({ verdict: isMet ? 'PASS' : 'FAIL' })),
      )
    })
  }
})

describe('the measured value decides, and is close where the limit lies inside of the interval', () => {
  const cases: [low: number, value: number, high: number, operator: Operator, text: string][] = [
    [80, 90, 99, '<', 'PASS'],
    [80, 90, 100, '<', 'PASS (close)'],
    [80, 90, 100, '<=', 'PASS'],
    [80, 90, 120, '<', 'PASS (close)'],
    [80, 110, 120, '<', 'FAIL (close)'],
    [100, 110, 120, '<', 'FAIL'],
    [100, 110, 120, '<=', 'FAIL (close)'],
    [101, 110, 120, '>', 'PASS'],
    [100, 110, 120, '>', 'PASS (close)'],
    [80, 90, 120, '>=', 'FAIL (close)'],
    [80, 90, 99, '>=', 'FAIL'],
    [100, 100, 100, '<', 'FAIL'],
    [100, 100, 100, '<=', 'PASS'],
  ]
  for (const [low, value, high, operator, text] of cases) {
    test(`${value} (${low} to ${high}) is ${operator} 100: ${text}`, () => {
      const { verdict, isClose } = judgeLimit(value, { low, high }, limit(operator))
      assert.equal(isClose ? `${verdict} (close)` : verdict, text)
    })
  }
})
