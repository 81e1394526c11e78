import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { percentile } from './percentile.ts'

test('a percentile is the value of the nearest rank, as in the sorted list', () => {
  const random = createRandom(1)
  for (const [length, kinds] of [
    [1, 1],
    [2, 100],
    [19, 100],
    [20, 3],
    [1_000, 10],
    [1_000, 1e9],
    [4_321, 1],
  ] as const) {
    const values = Array.from({ length }, () => Math.floor(random() * kinds))
    const sorted = [...values].sort((one, other) => one - other)
    for (const share of [0, 0.01, 0.5, 0.95, 0.99, 1]) {
      const expected = sorted[Math.max(Math.ceil(length * share), 1) - 1]
      assert.equal(percentile(Float64Array.from(values), share), expected)
    }
  }
})

test('ordered values are no worst case', () => {
  const rising = Float64Array.from({ length: 200_000 }, (_, index) => index)
  const sinceMs = performance.now()
  assert.equal(percentile(rising, 0.95), 189_999)
  assert.equal(percentile(rising.reverse(), 0.95), 189_999)
  // Far above what it takes: only a quadratic search would take seconds.
  assert.ok(performance.now() - sinceMs < 2_000)
})

test('without values there is none', () => {
  assert.equal(percentile(new Float64Array(0), 0.5), null)
})
