import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { median, medianAbsoluteDeviation, quantile, quantileOfSorted } from './quantile.ts'

// Samples and answers of k6's own test of TrendSink.P, metrics/sink_test.go.
const K6_SAMPLES = [0, 100, 30, 80, 70, 60, 50, 40, 90, 20]

describe('a quantile is what k6 says for the same samples', () => {
  for (const [probability, expected] of [
    [0, 0],
    [0.5, 55],
    [0.95, 95.5],
    [0.99, 99.1],
    [1, 100],
  ] as const) {
    test(`at ${probability}`, () => {
      assert.ok(Math.abs(quantile(K6_SAMPLES, probability) - expected) < 1e-6)
    })
  }
})

test('a quantile lies between neighbours in proportion', () => {
  assert.equal(quantile([4, 3, 2, 1], 0.25), 1.75)
  assert.equal(quantile([10, 20], 0.1), 11)
  assert.equal(quantile([7], 0.99), 7)
})

test('a quantile sorts by number and leaves the values alone', () => {
  const values = [10, 9, 100]
  assert.equal(quantile(values, 0), 9)
  assert.deepEqual(values, [10, 9, 100])
})

test('a quantile scales with the values and grows with the probability', () => {
  const random = createRandom(1)
  const values = Array.from({ length: 100 }, random)
  const fourfold = values.map((value) => value * 4)
  let before = -Infinity
  for (let percent = 0; percent <= 100; percent++) {
    const value = quantile(values, percent / 100)
    assert.ok(value >= before)
    assert.equal(quantile(fourfold, percent / 100), 4 * value)
    before = value
  }
})

test('the median of an even number of values is the mean of the middle two', () => {
  assert.equal(median([1, 100, 3, 2]), 2.5)
})

test('the median absolute deviation is not moved by an outlier', () => {
  // Deviations from the median 2: 1, 1, 0, 0, 2, 4, 7.
  assert.equal(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9]), 1)
  assert.equal(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9e9]), 1)
})

describe('what has no quantile is refused', () => {
  test('no values', () => {
    assert.throws(() => quantile([], 0.5), /Expected at least one value, got none/)
  })
  test('a value that is no finite number', () => {
    for (const odd of [NaN, Infinity, -Infinity]) {
      assert.throws(() => quantile([1, odd, 2], 0.5), /Expected values to be finite numbers, got/)
    }
  })
  test('a percent instead of a probability', () => {
    assert.throws(
      () => quantileOfSorted([1, 2], 95),
      /Expected a probability .* from 0 to 1, got 95/,
    )
  })
})
