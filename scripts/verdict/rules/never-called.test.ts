import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../../../tests/support/sla/example.ts'
import { type Calls, neverCalled } from './never-called.ts'

// Operations enhance (9 of 10 turns) and history (1 of 10), an endpoint each.
const plan = createPlan()
const ENHANCE = 'POST /v1/enhance'
const HISTORY = 'GET /v1/history'
const NOTHING = { operations: [], endpoints: [] }

function calls(requests: Record<string, number>, iterations: Record<string, number>): Calls {
  const toMap = (of: Record<string, number>): Map<string, number> => new Map(Object.entries(of))
  return { requests: toMap(requests), iterations: toMap(iterations) }
}

test('a run that called every endpoint misses nothing', () => {
  const all = calls({ [ENHANCE]: 90, [HISTORY]: 1 }, { enhance: 90, history: 10 })
  assert.deepEqual(neverCalled(plan, all), NOTHING)
})

test('an endpoint without a request, though every operation ran, was never called', () => {
  for (const requests of [{ [ENHANCE]: 90 }, { [ENHANCE]: 90, [HISTORY]: 0 }]) {
    const some = calls(requests, { enhance: 90, history: 10 })
    assert.deepEqual(neverCalled(plan, some), { operations: [], endpoints: [HISTORY] })
    const optional = { ...plan, optionalEndpoints: [HISTORY] }
    assert.deepEqual(neverCalled(optional, some), NOTHING)
  }
})

test('an operation whose turn did not come in a short run is not missed, nor what it calls', () => {
  assert.deepEqual(neverCalled(plan, calls({ [ENHANCE]: 49 }, { enhance: 49 })), NOTHING)
  const long = calls({ [ENHANCE]: 50 }, { enhance: 50 })
  assert.deepEqual(neverCalled(plan, long), { operations: ['history'], endpoints: [] })
})

test('one pass of one user runs every operation', () => {
  const once = { ...plan, model: 'once' as const, operationShares: { enhance: 0.5, history: 0.5 } }
  const cut = calls({ [ENHANCE]: 1 }, { enhance: 1 })
  assert.deepEqual(neverCalled(once, cut), { operations: ['history'], endpoints: [] })
})
