import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highestRate } from './example-rate.ts'

// From SciPy 1.17.1, beta.ppf(0.95, hits + 1, trials - hits).
for (const { hits, trials, rate } of [
  { hits: 0, trials: 1_000, rate: 0.002991249545 },
  { hits: 8, trials: 100, rate: 0.13971711922 },
  { hits: 61, trials: 1_000, rate: 0.074942076838 },
]) {
  test(`${hits} of ${trials} allow a true rate of ${rate}`, () => {
    assert.ok(Math.abs(highestRate(hits, trials) - rate) < 1e-9)
  })
}
