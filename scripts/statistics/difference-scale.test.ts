import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differenceOf, formatDifference, formatDifferences, onScale } from './difference-scale.ts'

test('twice and half are as far from the same', () => {
  assert.equal(differenceOf('ratio', 10, 20), -(differenceOf('ratio', 20, 10) ?? NaN))
  assert.equal(differenceOf('ratio', 10, 10), 0)
})

test('a ratio does not depend on the unit', () => {
  assert.ok(
    Math.abs((differenceOf('ratio', 10, 12) ?? 0) - (differenceOf('ratio', 1e4, 1.2e4) ?? 1)) <
      1e-12,
  )
})

test('shares are subtracted, also from nothing', () => {
  assert.equal(differenceOf('points', 0, 0.01), 0.01)
  assert.equal(differenceOf('points', 0, 0), 0)
})

test('what is missing, or a ratio of zero, is no difference', () => {
  assert.equal(differenceOf('ratio', undefined, 1), undefined)
  assert.equal(differenceOf('points', 1, undefined), undefined)
  assert.equal(differenceOf('ratio', 0, 1), undefined)
  assert.equal(differenceOf('ratio', 1, 0), undefined)
})

test('a margin of 2 % is 2 % of a latency and 0.1 points of a share', () => {
  assert.equal(formatDifference('ratio', onScale('ratio', 0.02)), '+2%')
  assert.ok(Math.abs(onScale('points', 0.02) - 0.001) < 1e-12)
})

test('a difference is read as percent or points, with its sign', () => {
  assert.equal(formatDifference('ratio', Math.log(1.042)), '+4.2%')
  assert.equal(formatDifference('ratio', Math.log(0.5)), '-50%')
  assert.equal(formatDifference('ratio', -1e-9), '0%')
  assert.equal(formatDifference('points', 0.0015), '+0.15 points')
  assert.equal(
    formatDifferences('ratio', { low: Math.log(0.9), high: Math.log(1.1) }),
    '-10% to +10%',
  )
  assert.equal(formatDifferences('points', { low: 0, high: 0.002 }), '0 to +0.2 points')
})
