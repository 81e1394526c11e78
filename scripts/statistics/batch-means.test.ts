import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom, mixSeed } from '../../lib/random.ts'
import { everySecond, sumError } from './batch-means.ts'
import { normal } from '../../tests/support/statistics/example-series.ts'

test('the error is that of the sums of all batches', () => {
  // Nine seconds make batches of two: their sums are 1, -4, -1, 4, 0, 0, 0, 0 and the squares of those 34.
  const found = sumError([0, 1, -5, 4, 0, 0, 0, 0, 0])
  assert.ok(Math.abs((found?.error ?? NaN) - Math.sqrt((81 * 34) / (2 * 8 * 7))) < 1e-12)
})

test('one second cannot tell how seconds vary', () => {
  assert.equal(sumError([]), undefined)
  assert.equal(sumError([5]), undefined)
})

test('neighbours that resemble each other make a sum less certain', () => {
  const ofRuns = (correlation: number): { claimed: number; true: number } => {
    const runs = Array.from({ length: 200 }, (_, seed) => series(seed, correlation))
    const sums = runs.map((run) => run.reduce((sum, each) => sum + each, 0))
    const variance = sums.reduce((sum, each) => sum + each ** 2, 0) / sums.length
    const claimed = runs.reduce((sum, run) => sum + (sumError(run)?.error ?? NaN) ** 2, 0)
    return { claimed: claimed / runs.length, true: variance }
  }
  const alone = ofRuns(0)
  const alike = ofRuns(0.7)
  assert.ok(alike.true > 4 * alone.true)
  for (const each of [alone, alike]) {
    const ratio = each.claimed / each.true
    assert.ok(ratio > 0.7 && ratio < 1.25, String(ratio))
  }
})

/** AR(1) of variance 1. */
function series(seed: number, correlation: number): number[] {
  const random = createRandom(mixSeed(seed, 9))
  let value = normal(random)
  return Array.from({ length: 400 }, () => {
    value = correlation * value + Math.sqrt(1 - correlation ** 2) * normal(random)
    return value
  })
}

test('seconds between others are silent ones', () => {
  const blocks = [
    { second: 14, total: 3 },
    { second: 11, total: 5 },
  ]
  assert.deepEqual(everySecond(blocks, { total: 0 }), [
    { second: 11, total: 5 },
    { second: 12, total: 0 },
    { second: 13, total: 0 },
    { second: 14, total: 3 },
  ])
  assert.deepEqual(everySecond(blocks.slice(2), { total: 0 }), [])
})
