import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blockPermutationPValue } from './block-permutation.ts'
import { createSeries } from './example-series.ts'

const rising = (length: number) => Array.from({ length }, (_, index) => index)

test('the lowest p-value is one in a thousand', () => {
  assert.equal(blockPermutationPValue(rising(60), 1), 0.001)
  assert.equal(blockPermutationPValue(rising(60).reverse(), 1), 0.001)
})

// Three blocks have six orders, and only one of them rises all along: blocks that stay whole.
test('blocks are shuffled, not windows', () => {
  const pValue = blockPermutationPValue(rising(15), 1)
  assert.ok(Math.abs(pValue - 1 / 6) < 0.05, String(pValue))
})

test('equal windows have no trend', () => {
  assert.equal(blockPermutationPValue(new Array<number>(60).fill(7), 1), 1)
})

test('a last block that is shorter takes part', () => {
  assert.equal(blockPermutationPValue(rising(62), 1), 0.001)
  assert.ok(blockPermutationPValue(createSeries({ windows: 62, seed: 2 }), 1) > 0.05)
})

test('the same seed gives the same p-value, and only the order of the values counts', () => {
  const series = createSeries({ windows: 60, seed: 3, drift: 0.05 })
  const pValue = blockPermutationPValue(series, 7)
  assert.equal(blockPermutationPValue(series, 7), pValue)
  assert.equal(blockPermutationPValue(series.map(Math.log), 7), pValue)
  assert.ok(Math.abs(blockPermutationPValue(series, 8) - pValue) < 0.05)
})
