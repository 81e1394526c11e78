import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NILE } from '../../tests/support/statistics/example-nile.ts'
import { quantileOfSorted } from './quantile.ts'
import { pairwiseSlopes, slopeInterval } from './theil-sen.ts'

const slopeOf = (values: readonly number[], x?: readonly number[]): number =>
  quantileOfSorted(pairwiseSlopes(values, x), 0.5)

test('the slope is that of the example in Sen, 1968', () => {
  assert.equal(slopeOf([9, 15, 19, 20, 45, 55, 78], [1, 2, 3, 4, 10, 12, 18]), 4)
})

test('slope and interval agree with SciPy 1.17.1, theilslopes', () => {
  const slopes = pairwiseSlopes(NILE)
  assert.equal(slopes.length, 4_950)
  assert.equal(slopeOf(NILE), -2.6)
  // SciPy takes the ties into account, which changes no rank here.
  const { low, high } = slopeInterval(slopes, { points: NILE.length, confidence: 0.95 })
  assert.equal(low, -3.627906976744186)
  assert.equal(high, -1.4285714285714286)
})

test('the interval of four points on a line is that line', () => {
  assert.deepEqual(slopeInterval(pairwiseSlopes([1, 3, 5, 7]), { points: 4, confidence: 0.9 }), {
    low: 2,
    high: 2,
  })
})

test('a quarter of outliers does not move the slope', () => {
  const line = Array.from({ length: 40 }, (_, index) => 3 * index)
  const spoilt = line.map((value, index) => (index % 4 === 1 ? 1e6 : value))
  assert.ok(Math.abs(slopeOf(spoilt) - 3) < 0.5)
})

describe('the slope moves with the series', () => {
  test('turned around it changes its sign', () => {
    assert.equal(slopeOf([...NILE].reverse()), 2.6)
  })
  test('it scales with the values and ignores an offset', () => {
    assert.equal(slopeOf(NILE.map((value) => 10 * value + 7)), -26)
  })
  test('it is in units of x', () => {
    const minutes = NILE.map((_, index) => index * 2)
    assert.equal(slopeOf(NILE, minutes), -1.3)
  })
})

test('pairs at the same x have no slope', () => {
  assert.deepEqual([...pairwiseSlopes([1, 5, 4], [0, 0, 1])], [-1, 3])
})

test('one point has no slope', () => {
  assert.throws(() => pairwiseSlopes([1]), /Expected two points that differ in x, got 1/)
  assert.throws(() => pairwiseSlopes([1, 2], [3, 3]), /differ in x, got 2/)
})
