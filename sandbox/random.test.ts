import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom, lognormal, shareOfText } from './random.ts'

function draws(seed: number, count: number): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => lognormal(random, { median: 25, sigma: 0.5 }))
}

test('the same seed repeats the same values, another seed does not', () => {
  assert.deepEqual(draws(7, 20), draws(7, 20))
  assert.notDeepEqual(draws(7, 20), draws(8, 20))
})

test('lognormal values have the median asked for and the p95 of their sigma', () => {
  const sorted = draws(1, 20_000).sort((a, b) => a - b)

  assert.ok(Math.abs((sorted[10_000] ?? 0) - 25) < 1)
  // The 95th percentile of a normal distribution is 1.645 standard deviations.
  assert.ok(Math.abs((sorted[19_000] ?? 0) - 25 * Math.exp(0.5 * 1.645)) < 2)
})

test('sigma 0 always gives the median', () => {
  assert.equal(lognormal(createRandom(1), { median: 60, sigma: 0 }), 60)
})

test('texts that differ in one letter get shares spread over [0, 1)', () => {
  const shares = Array.from({ length: 1_000 }, (_, number) => shareOfText(`prompt ${number}`, 1))
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length

  assert.ok(shares.every((share) => share >= 0 && share < 1))
  assert.ok(Math.abs(mean - 0.5) < 0.05)
})
