import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { NILE } from './example-nile.ts'
import { createSeries } from './example-series.ts'
import { mannKendall } from './mann-kendall.ts'

const KENDALL_VARIANCE_OF_60 = (60 * 59 * 125) / 18

describe('without autocorrelation the test is that of Mann and Kendall', () => {
  test('five rising values: S = 10, variance 5 * 4 * 15 / 18, z = 9 / 4.082', () => {
    const { score, variance, pValue } = mannKendall([1, 2, 3, 4, 5])
    assert.equal(score, 10)
    assert.equal(variance, 300 / 18)
    assert.ok(Math.abs(pValue - 0.02748633611151033) < 1e-12)
  })

  test('ties: S = 4, variance (156 - 18 - 18) / 18, z = 3 / 2.582', () => {
    const { score, variance, pValue } = mannKendall([1, 1, 2, 2])
    assert.equal(score, 4)
    assert.equal(variance, 120 / 18)
    assert.ok(Math.abs(pValue - 0.2452781168067728) < 1e-12)
  })

  test('equal values have no trend', () => {
    assert.deepEqual(mannKendall([3, 3, 3, 3]), { score: 0, variance: 0, pValue: 1 })
  })
})

// Worked out apart from this code, in NumPy by the formulas of the paper. The lags 1 to 3 of the ranks
// are 0.3564, 0.2343 and 0.2030, all above 1.96 / 10: the variance is 2.5026 times as large.
test('with autocorrelation the variance grows as in Hamed and Rao', () => {
  const { score, variance, pValue } = mannKendall(NILE)
  assert.equal(score, -1_387)
  assert.ok(Math.abs(variance - 282_111.428078166) < 1e-6)
  assert.ok(Math.abs(pValue - 0.009068166970294039) < 1e-10)
})

test('lags that are not significant change nothing', () => {
  // Of this seed they are 0.21, 0.13 and -0.09, where 0.25 would be significant.
  const { variance } = mannKendall(createSeries({ windows: 60, seed: 28 }))
  assert.equal(variance, KENDALL_VARIANCE_OF_60)
})

test('a series that swings to and fro does not make the variance smaller', () => {
  const swinging = Array.from({ length: 60 }, (_, index) => (index % 2) * 100 + index * 0.1)
  assert.equal(mannKendall(swinging).variance, KENDALL_VARIANCE_OF_60)
})

test('turned around, a series has the same p-value and the opposite score', () => {
  const forwards = mannKendall(NILE)
  const backwards = mannKendall([...NILE].reverse())
  assert.equal(backwards.score, -forwards.score)
  assert.ok(Math.abs(backwards.pValue - forwards.pValue) < 1e-12)
})

test('units do not matter', () => {
  const scaled = mannKendall(NILE.map((value) => 4 * value + 3))
  assert.deepEqual(scaled, mannKendall(NILE))
})
