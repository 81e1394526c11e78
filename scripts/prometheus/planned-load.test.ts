import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scenario } from 'k6/options'
import { plannedLoad } from './planned-load.ts'

const SPIKE: Scenario = {
  executor: 'ramping-vus',
  startVUs: 0,
  stages: [
    { duration: '10s', target: 100 },
    { duration: '0s', target: 40 },
    { duration: '5s', target: 40 },
  ],
}

test('users follow the lines of the stages and their jumps', () => {
  assert.equal(plannedLoad({ SPIKE }, 0), 0)
  assert.equal(plannedLoad({ SPIKE }, 5), 50)
  assert.equal(plannedLoad({ SPIKE }, 10), 40)
  assert.equal(plannedLoad({ SPIKE }, 99), 40)
})

test('a rate is per second, and k6 scenarios side by side add up', () => {
  const rate: Scenario = {
    executor: 'ramping-arrival-rate',
    startRate: 21,
    timeUnit: '2s',
    preAllocatedVUs: 1,
    stages: [{ duration: '1m', target: 21 }],
  }
  assert.equal(plannedLoad({ rate }, 30), 10.5)
  assert.equal(plannedLoad({ a: SPIKE, b: SPIKE }, 5), 100)
  const once: Scenario = { executor: 'per-vu-iterations', vus: 1, iterations: 3 }
  assert.equal(plannedLoad({ once }, 1), 1)
})
