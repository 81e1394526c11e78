import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scenario } from 'k6/options'
import type { ScenarioLoad } from '../../lib/plan.ts'
import { loadsOfPart } from './loads-of-part.ts'

const times = { startSeconds: 0, endSeconds: 60 }
const LOADS: ScenarioLoad[] = [
  { name: 'shared', model: 'once', target: 3, iterations: 7, ...times },
  { name: 'each', model: 'once', target: 3, iterations: 12, ...times },
  { name: 'rate', model: 'open', target: 10, iterations: 600, ...times },
  { name: 'users', model: 'closed', target: 5, ...times },
]
const SCENARIOS: Record<string, Scenario> = {
  shared: { executor: 'shared-iterations', vus: 3, iterations: 7 },
  each: { executor: 'per-vu-iterations', vus: 3, iterations: 4 },
  rate: { executor: 'constant-arrival-rate', rate: 10, duration: '60s', preAllocatedVUs: 5 },
  users: { executor: 'constant-vus', vus: 5, duration: '60s' },
}

function iterationsOf(part: number, instances = 1): (number | undefined)[] {
  const machine = { part, of: 2, startAtMs: 0 }
  return loadsOfPart(LOADS, SCENARIOS, { instances, machine }).map((each) => each.iterations)
}

test('each machine is to make its own iterations, and together they make all', () => {
  assert.deepEqual(iterationsOf(1), [5, 8, 360, undefined])
  assert.deepEqual(iterationsOf(2), [2, 4, 240, undefined])
})

test('users are dealt out to the instances of a machine', () => {
  assert.deepEqual(iterationsOf(1, 2), [5, 8, 360, undefined])
})

test('without other machines all of it stays', () => {
  assert.deepEqual(loadsOfPart(LOADS, SCENARIOS, { instances: 4 }), LOADS)
})
