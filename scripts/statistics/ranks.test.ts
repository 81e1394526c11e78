import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ranks } from './signed-rank.ts'

test('the lowest value has the rank 1, wherever it is', () => {
  assert.deepEqual(ranks([30, 10, 20]), [3, 1, 2])
})

test('equal values share the mean of their ranks', () => {
  assert.deepEqual(ranks([5, 1, 5, 5, 9]), [3, 1, 3, 3, 5])
  assert.deepEqual(ranks([2, 2, 1, 1]), [3.5, 3.5, 1.5, 1.5])
})

test('nothing has no ranks', () => {
  assert.deepEqual(ranks([]), [])
})
