import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunPlan } from '../../../lib/plan.ts'
import { createPlan } from '../../../tests/support/sla/example.ts'
import { createFacts } from '../../../tests/support/verdict/example-facts.ts'
import { loadDelivered } from './load-delivered.ts'
import type { RunFacts } from '../facts/run-facts.ts'

const OPEN = { model: 'open' } as const
const ONCE = { model: 'once', target: 1 } as const
const SPIKE = {
  phases: [
    { name: 'hold', startSeconds: 0, endSeconds: 40, target: 10 },
    { name: 'spike-1', startSeconds: 40, endSeconds: 100, target: 100 },
  ],
}

function deliver(facts: Partial<RunFacts>, plan: Partial<RunPlan> = {}, stoppedByUser = false) {
  return loadDelivered({ facts: createFacts(facts), plan: createPlan(plan), stoppedByUser })
}

test('a sound run has delivered its load', () => {
  assert.deepEqual(deliver({ elapsedSeconds: 101.5 }), {
    iterations: 10_000,
    interruptedIterations: 0,
    droppedIterations: 0,
    deliveredRatio: 1,
    usersReached: 100,
    usersPlanned: 100,
    scriptExceptions: 0,
    authFailures: 0,
    elapsedSeconds: 101.5,
    plannedSeconds: 100,
    end: 'complete',
  })
})

test('what was delivered is a share of what was offered, and of nothing it is none', () => {
  assert.equal(deliver({ iterations: 6_375, droppedIterations: 2_125 }, OPEN).deliveredRatio, 0.75)
  assert.equal('deliveredRatio' in deliver({ iterations: 0 }), false)
})

test('an open model has no users to reach', () => {
  const { usersReached, usersPlanned } = deliver({}, OPEN)
  assert.deepEqual([usersReached, usersPlanned], [undefined, undefined])
})

test('counted iterations are planned by their number, and may end at any time', () => {
  const counted = { ...ONCE, target: 100, iterationsPerUser: 50, durationSeconds: 600 }
  const { plannedIterations, deliveredRatio, end } = deliver(
    { iterations: 4_900, elapsedSeconds: 12 },
    counted,
  )
  assert.deepEqual([plannedIterations, deliveredRatio, end], [5_000, 0.98, 'complete'])
})

describe('the most VUs at once', () => {
  const cases: [facts: Partial<RunFacts>, plan: Partial<RunPlan>, reached: number][] = [
    [{ usersMax: 98 }, {}, 98],
    // A peak without a plateau falls between two looks of k6.
    [{ usersMax: 60 }, SPIKE, 100],
    [{ usersMax: 60, usersReady: 60 }, SPIKE, 60],
  ]
  for (const [facts, plan, reached] of cases) {
    test(`${JSON.stringify(facts)} with ${JSON.stringify(plan)}: ${reached}`, () => {
      assert.equal(deliver(facts, plan).usersReached, reached)
    })
  }
})

describe('an open load is held against the rates of its plan', () => {
  // 10 s to 10/s, 20 s to 100/s, 60 s of 100/s, 10 s to 0.
  const planned = 50 + 1_100 + 6_000 + 500

  test('all of it', () => {
    const { plannedIterations, deliveredRatio } = deliver({ iterations: planned }, OPEN)
    assert.deepEqual([plannedIterations, deliveredRatio], [planned, 1])
  })

  test('iterations that k6 says nothing of are missing', () => {
    const { deliveredRatio } = deliver({ iterations: planned - 1_530 }, OPEN)
    assert.equal(deliveredRatio, 0.8)
  })

  test('an iteration that never ended was begun', () => {
    const facts = createFacts({ iterations: planned - 10 })
    const input = { facts, plan: createPlan(OPEN), interruptedIterations: 10 }
    assert.equal(loadDelivered(input).deliveredRatio, 1)
  })

  test('until the load ended', () => {
    // Up to second 40: 50 + 1,100 + 10 s of 100/s.
    assert.equal(deliver({ elapsedSeconds: 40 }, OPEN).plannedIterations, 2_150)
  })

  test('of a part of the load only that part', () => {
    const share = { users: 25, ratio: 0.25, text: 'segment 1/4' }
    const input = { facts: createFacts(), plan: createPlan(OPEN), share }
    assert.equal(loadDelivered(input).plannedIterations, Math.round(planned / 4))
  })
})

for (const { elapsedSeconds, stoppedByUser, plan, end } of [
  { elapsedSeconds: 100, stoppedByUser: false, plan: {}, end: 'complete' },
  { elapsedSeconds: 98.5, stoppedByUser: false, plan: {}, end: 'complete' },
  { elapsedSeconds: 98.4, stoppedByUser: false, plan: {}, end: 'cut-short' },
  { elapsedSeconds: 98.4, stoppedByUser: false, plan: OPEN, end: 'cut-short' },
  { elapsedSeconds: 0, stoppedByUser: false, plan: {}, end: 'cut-short' },
  { elapsedSeconds: 50, stoppedByUser: true, plan: {}, end: 'stopped-by-user' },
  { elapsedSeconds: 100, stoppedByUser: true, plan: {}, end: 'stopped-by-user' },
  { elapsedSeconds: 3, stoppedByUser: false, plan: ONCE, end: 'complete' },
]) {
  const model = 'model' in plan ? plan.model : 'closed'
  const by = stoppedByUser ? ' with Ctrl+C' : ''
  test(`a run of ${elapsedSeconds} s of 100 s (${model})${by}: ${end}`, () => {
    assert.equal(deliver({ elapsedSeconds }, plan, stoppedByUser).end, end)
  })
}
