import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { normal } from '../../tests/support/statistics/example-series.ts'
import { hodgesLehmann, walshAverages } from './hodges-lehmann.ts'

// Depression scores of nine patients after a tranquillizer less those before: Hollander and Wolfe, 1999,
// table 3.1 (data of Salsburg, 1970).
const HAMILTON = [-0.952, 0.147, -1.022, -0.43, -0.62, -0.59, -0.49, 0.08, -0.01]

describe('the examples of Hollander and Wolfe', () => {
  test('the estimate of example 3.3 is -0.46', () => {
    assert.ok(Math.abs(hodgesLehmann(HAMILTON, 0.96).estimate + 0.46) < 1e-12)
  })

  test('the 96 % interval of example 3.4 is -0.786 to -0.010', () => {
    const { interval } = hodgesLehmann(HAMILTON, 0.96)
    assert.ok(Math.abs((interval?.low ?? NaN) + 0.786) < 1e-12)
    assert.ok(Math.abs((interval?.high ?? NaN) + 0.01) < 1e-12)
  })
})

test('Walsh averages are all those of two, each with itself too', () => {
  assert.deepEqual([...walshAverages([4, 0, 2])], [0, 1, 2, 2, 3, 4])
})

test('five values have an interval of 90 %, from the lowest to the highest, and none of 95 %', () => {
  assert.deepEqual(hodgesLehmann([3, 1, 2, 9, 5], 0.9).interval, { low: 1, high: 9 })
  assert.equal(hodgesLehmann([3, 1, 2, 9, 5], 0.95).interval, undefined)
  assert.equal(hodgesLehmann([1, 2, 3, 4], 0.9).interval, undefined)
})

describe('the estimate moves with the values', () => {
  const { estimate, interval } = hodgesLehmann(HAMILTON, 0.9)
  const { low, high } = interval ?? { low: NaN, high: NaN }
  const isNear = (actual: number | undefined, expected: number): void => {
    assert.ok(Math.abs((actual ?? NaN) - expected) < 1e-12, `${actual ?? NaN}, not ${expected}`)
  }

  test('the other way round it changes its sign, and the ends their places', () => {
    const turned = hodgesLehmann(
      HAMILTON.map((value) => -value),
      0.9,
    )
    isNear(turned.estimate, -estimate)
    isNear(turned.interval?.low, -high)
    isNear(turned.interval?.high, -low)
  })

  test('it scales, and shifts', () => {
    const moved = hodgesLehmann(
      HAMILTON.map((value) => 7 * value + 3),
      0.9,
    )
    isNear(moved.estimate, 7 * estimate + 3)
    isNear(moved.interval?.low, 7 * low + 3)
    isNear(moved.interval?.high, 7 * high + 3)
  })

  test('the order of the values does not matter', () => {
    assert.deepEqual(hodgesLehmann([...HAMILTON].reverse(), 0.9), hodgesLehmann(HAMILTON, 0.9))
  })
})

test('one wild value in ten hardly moves it, where it carries the mean away', () => {
  const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const wild = [...values.slice(0, -1), 1e9]
  const { estimate } = hodgesLehmann(values, 0.9)
  assert.ok(Math.abs(hodgesLehmann(wild, 0.9).estimate - estimate) <= 0.5)
})

test('the interval holds the truth in at least as many cases as it says', () => {
  const random = createRandom(5)
  for (const count of [5, 6, 10, 15]) {
    let held = 0
    for (let sample = 0; sample < 2_000; sample++) {
      // Symmetric with heavy tails: a normal value over a uniform one.
      const values = Array.from({ length: count }, () => 3 + normal(random) / (1 - random()))
      const { low, high } = hodgesLehmann(values, 0.9).interval ?? { low: NaN, high: NaN }
      if (low <= 3 && high >= 3) held += 1
    }
    // Three standard errors of 2,000 samples are 2 points.
    assert.ok(held / 2_000 > 0.88, `${held} of 2000 with ${count} values`)
    assert.ok(held / 2_000 < 0.97, `${held} of 2000 with ${count} values`)
  }
})

test('no values, and what is no number, have no centre', () => {
  assert.throws(() => hodgesLehmann([], 0.9), /Expected at least one value/)
  assert.throws(() => hodgesLehmann([1, NaN], 0.9), /Expected values to be finite/)
})
