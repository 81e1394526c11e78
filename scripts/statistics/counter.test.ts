import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highestRate, increase, meanRate } from './counter.ts'

function pointsOf(counted: number[], everyMs = 1_000) {
  return counted.map((each, index) => ({ atMs: index * everyMs, counted: each }))
}

test('a counter that fell has counted from 0 again', () => {
  assert.equal(increase(10, 12), 2)
  assert.equal(increase(10, 3), 3)
})

test('the mean rate is what was counted by the time between the first and the last look', () => {
  assert.equal(meanRate(pointsOf([0, 1, 2, 9])), 3)
  assert.equal(meanRate(pointsOf([5])), undefined)
  assert.equal(meanRate([]), undefined)
})

test('the highest rate is that of the busiest window, wherever it begins', () => {
  const burst = pointsOf([0, 0, 0, 0, 5, 10, 10, 10, 10, 10])
  assert.equal(highestRate(burst, 2), 5)
  assert.equal(highestRate(burst, 5), 2)
  assert.equal(highestRate(pointsOf([0, 4]), 5), 4)
  assert.equal(highestRate(pointsOf([4]), 5), undefined)
})

test('a look some milliseconds early ends a window of whole seconds', () => {
  const early = [0, 995, 1_990, 2_985].map((atMs, index) => ({ atMs, counted: index }))
  assert.ok(Math.abs((highestRate(early, 1) ?? 0) - 1 / 0.995) < 1e-9)
})
