import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunPlan } from '../../lib/plan.ts'
import { createPlan } from '../sla/example-run.ts'
import { createFacts } from './example-facts.ts'
import { loadDelivered } from './load-delivered.ts'
import type { RunFacts } from './run-facts.ts'

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

test('a sound run has facts and no faults', () => {
  assert.deepEqual(deliver({ elapsedSeconds: 101.5 }), {
    iterations: 10_000,
    droppedIterations: 0,
    deliveredRatio: 1,
    usersReached: 100,
    usersPlanned: 100,
    scriptExceptions: 0,
    authFailures: 0,
    elapsedSeconds: 101.5,
    plannedSeconds: 100,
    end: 'complete',
    scriptFaults: [],
    loadFaults: [],
  })
})

describe('another load than the planned one is a fault', () => {
  const cases: [facts: Partial<RunFacts>, plan: Partial<RunPlan>, faults: RegExp[]][] = [
    // Of 10,101 iterations a hundredth may be missing.
    [{ droppedIterations: 101 }, OPEN, []],
    [{ droppedIterations: 102 }, OPEN, [/^102 of 10102 iterations were dropped, .*Little/]],
    [{ droppedIterations: 102 }, ONCE, [/dropped/]],
    [{ usersMax: 99 }, {}, []],
    [{ usersMax: 98 }, {}, [/^only 98 of 100 users were active at once$/]],
    [{ usersMax: 0 }, {}, [/only 0 of 100 users/]],
    [{ usersMax: 98 }, OPEN, []],
    // A peak without a plateau falls between two looks of k6.
    [{ usersMax: 60 }, SPIKE, []],
    [{ usersMax: 60, usersReady: 60 }, SPIKE, [/only 60 of 100 users/]],
    [{ iterations: 0 }, {}, [/^no iteration was finished$/]],
    [{ iterations: 0, droppedIterations: 5 }, OPEN, [/no iteration/, /5 of 5 iterations/]],
    [{ authFailures: 100 }, {}, []],
    [{ authFailures: 101 }, {}, [/^101 of 10000 iterations could not log in$/]],
    [
      { usersMax: 10, authFailures: 5_000, droppedIterations: 5_000 },
      {},
      [/dropped/, /users/, /log in/],
    ],
  ]
  for (const [facts, plan, faults] of cases) {
    test(`${JSON.stringify(facts)} with ${JSON.stringify(plan)}`, () => {
      const { loadFaults } = deliver(facts, plan)
      assert.equal(loadFaults.length, faults.length, loadFaults.join())
      faults.forEach((fault, index) => assert.match(loadFaults[index] ?? '', fault))
    })
  }
})

test('what was delivered is a share of what was offered, and of nothing it is none', () => {
  assert.equal(deliver({ iterations: 75, droppedIterations: 25 }, OPEN).deliveredRatio, 0.75)
  assert.equal('deliveredRatio' in deliver({ iterations: 0 }), false)
})

test('an open model has no users to reach', () => {
  const { usersReached, usersPlanned } = deliver({}, OPEN)
  assert.deepEqual([usersReached, usersPlanned], [undefined, undefined])
})

test('an exception in the script is a fault', () => {
  assert.deepEqual(deliver({ scriptExceptions: 1 }).scriptFaults, [
    'the script threw 1 exception: see k6.log',
  ])
  assert.deepEqual(deliver({ scriptExceptions: 2 }).scriptFaults, [
    'the script threw 2 exceptions: see k6.log',
  ])
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
