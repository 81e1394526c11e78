import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { normalCdf, normalQuantile } from './normal.ts'

describe('the distribution function agrees with SciPy 1.17.1', () => {
  for (const [z, probability] of [
    [0, 0.5],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [1.959963984540054, 0.975],
    [-3, 0.0013498980316300933],
    [-5, 2.866515718791933e-7],
    [6, 0.9999999990134123],
    [-9, 0],
    [9, 1],
  ] as const) {
    test(`at ${z}`, () => assert.ok(Math.abs(normalCdf(z) - probability) < 1e-14))
  }
})

describe('the quantile function agrees with SciPy 1.17.1', () => {
  for (const [probability, z] of [
    [0.5, 0],
    [0.95, 1.6448536269514722],
    [0.975, 1.959963984540054],
    [0.3, -0.5244005127080409],
    [0.01, -2.3263478740408408],
    [1e-7, -5.1993375821928165],
  ] as const) {
    test(`at ${probability}`, () => assert.ok(Math.abs(normalQuantile(probability) - z) < 1e-9))
  }
})

test('the quantile undoes the distribution function', () => {
  for (let z = -4; z <= 4; z += 0.25) {
    assert.ok(Math.abs(normalQuantile(normalCdf(z)) - z) < 1e-9, String(z))
  }
})

for (const probability of [0, 1, -0.1, NaN]) {
  test(`no value has the probability ${probability}`, () => {
    assert.throws(
      () => normalQuantile(probability),
      /Expected a probability to lie between 0 and 1/,
    )
  })
}
