import assert from 'node:assert/strict'
import { test } from 'node:test'
import { divideExactly, greatestCommonDivisor, nextFull } from './shares.ts'

for (const { total, weights, parts } of [
  { total: 100, weights: [50, 30, 20], parts: [50, 30, 20] },
  { total: 10, weights: [1, 1, 1], parts: [4, 3, 3] },
  { total: 1, weights: [50, 30, 20], parts: [1, 0, 0] },
  { total: 0, weights: [1, 2], parts: [0, 0] },
]) {
  test(`${total} divided by ${weights.join(':')} is ${parts.join(', ')}`, () => {
    assert.deepEqual(divideExactly(total, weights), parts)
  })
}

test('the next total of which each part has some is not the smallest one', () => {
  const weights = [40, 40, 10, 5, 5]
  assert.deepEqual(
    [1, 11, 12, 20].map((from) => nextFull(from, weights)),
    [11, 11, 13, 20],
  )
})

test('zero does not spoil a common divisor', () => {
  assert.equal(greatestCommonDivisor([100, 0, 70]), 10)
})
