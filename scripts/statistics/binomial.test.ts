import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { binomialLimit } from './binomial.ts'

// From sums of exact fractions: the smallest count that is exceeded with at most 0.001.
describe('the count that chance exceeds in one of a thousand', () => {
  const cases: [trials: number, chance: number, limit: number][] = [
    [200, 0.05, 21],
    [1_000, 0.05, 73],
    [200, 0.01, 8],
    [1_000, 0.001, 5],
    [10, 0.5, 9],
    [3, 0.05, 2],
    [1, 0.05, 1],
    [5, 0, 0],
    [0, 0.5, 0],
    [5, 1, 5],
  ]
  for (const [trials, chance, limit] of cases) {
    test(`of ${trials} at ${chance}`, () => {
      assert.equal(binomialLimit(trials, chance, 0.001), limit)
    })
  }
})

test('of many it is where the normal law has it', () => {
  const trials = 5_000_000
  const spread = Math.sqrt(trials * 0.05 * 0.95)
  const limit = binomialLimit(trials, 0.05, 0.001)
  // 3.0902 standard deviations above the mean.
  assert.ok(Math.abs((limit - trials * 0.05) / spread - 3.0902) < 0.01, String(limit))
})
