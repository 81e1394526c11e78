import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highestRate } from '../verdict/statistics/example-rate.ts'
import { random, normalValue } from './example-random.ts'
import { limitDrift } from './limit-drift.ts'

const rising = (runs: number, perRun: number, from = 0.5) =>
  Array.from({ length: runs }, (_, index) => from + perRun * index + (index % 2) * 0.001)

test('of nine runs nothing is said, of ten it is', () => {
  assert.deepEqual(limitDrift(rising(9, 0.02)), { outcome: 'TOO_FEW', runs: 9, needed: 10 })
  assert.equal(limitDrift(rising(10, 0.02)).outcome, 'TOWARDS')
})

test('a drift towards the limit says its pace and how many runs are left', () => {
  const drift = limitDrift(rising(21, 0.01))

  assert.equal(drift.outcome, 'TOWARDS')
  assert.ok(Math.abs(drift.perTenRuns - 0.1) < 0.002)
  // The last ten are around 0.65 of the limit.
  assert.ok(Math.abs((drift.runsLeft ?? NaN) - 35) <= 2, JSON.stringify(drift))
})

test('one that goes away from it, and one past it, have no runs left to tell', () => {
  assert.equal(limitDrift(rising(12, -0.02)).outcome, 'AWAY')
  const past = limitDrift(rising(12, 0.02, 1.5))
  assert.ok(past.outcome === 'TOWARDS' && past.runsLeft === undefined)
})

test('less than 5 % of the limit over all runs is nothing to act on', () => {
  assert.equal(limitDrift(rising(12, 0.0046)).outcome, 'TOWARDS')
  assert.equal(limitDrift(rising(12, 0.004)).outcome, 'STEADY')
  assert.equal(limitDrift(Array<number>(12).fill(0)).outcome, 'STEADY')
})

test('of 500 histories without a drift, hardly any is called one', () => {
  const next = random(3)
  const trials = 500
  let called = 0
  for (let trial = 0; trial < trials; trial++) {
    const values = Array.from({ length: 20 }, () => 0.5 * Math.exp(0.2 * normalValue(next)))
    if (limitDrift(values).outcome !== 'STEADY') called += 1
  }
  assert.ok(highestRate(called, trials) < 0.1, `${called} of ${trials}`)
})
