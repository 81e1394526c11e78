import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signedRankCutoff, signedRankDistribution } from './signed-rank.ts'

describe('the distribution', () => {
  test('of three values is that of the eight ways to sign 1, 2 and 3', () => {
    assert.deepEqual(
      [...signedRankDistribution(3)],
      [1, 1, 1, 2, 1, 1, 1].map((ways) => ways / 8),
    )
  })

  test('sums to one, is symmetric, and has the known mean and variance', () => {
    for (const count of [1, 2, 5, 10, 25, 60]) {
      const probabilities = [...signedRankDistribution(count)]
      const highest = probabilities.length - 1
      const moment = (power: number, from = 0): number =>
        probabilities.reduce((sum, each, value) => sum + each * (value - from) ** power, 0)
      const mean = (count * (count + 1)) / 4
      const variance = (count * (count + 1) * (2 * count + 1)) / 24
      assert.ok(Math.abs(moment(0) - 1) < 1e-12)
      assert.ok(Math.abs(moment(1) / mean - 1) < 1e-12)
      assert.ok(Math.abs(moment(2, mean) / variance - 1) < 1e-12)
      assert.deepEqual(
        probabilities.map((_, value) => probabilities[highest - value]),
        probabilities,
      )
    }
  })
})

describe('one rank less than the critical value is in every table', () => {
  // Largest W with P(T+ <= W) <= tail: Wilcoxon and Wilcox, "Some Rapid Approximate Statistical
  // Procedures", 1964, as reprinted in most textbooks.
  for (const { tail, critical } of [
    { tail: 0.05, critical: [0, 2, 3, 5, 8, 10, 13, 17, 21, 25, 30] },
    { tail: 0.025, critical: [-1, 0, 2, 3, 5, 8, 10, 13, 17, 21, 25] },
    { tail: 0.005, critical: [-1, -1, -1, 0, 1, 3, 5, 7, 9, 12, 15] },
  ]) {
    critical.forEach((value, index) => {
      const count = index + 5
      test(`${value} for ${count} values and a tail of ${tail}`, () => {
        assert.equal(signedRankCutoff(tail, count), value + 1)
      })
    })
  }

  test('60 for 20 values, 100 for 25 and 151 for 30, with a tail of 0.05', () => {
    assert.deepEqual(
      [20, 25, 30].map((count) => signedRankCutoff(0.05, count)),
      [61, 101, 152],
    )
  })
})

test('a tail is reached by what is exactly as likely', () => {
  assert.equal(signedRankCutoff(1 / 32, 5), 1)
  assert.equal(signedRankCutoff(1 / 32 - 1e-9, 5), 0)
})

test('less than one value has no ranks', () => {
  for (const count of [0, -1, 2.5, NaN]) {
    assert.throws(() => signedRankDistribution(count), /Expected a whole number of values from 1/)
  }
})
