import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunPlan } from '../../lib/plan.ts'
import { createPlan } from '../sla/example-run.ts'
import { createSummary } from './example-summary.ts'
import { loadDelivered } from './load-delivered.ts'

const OPEN = { model: 'open' } as const
const ONCE = { model: 'once', target: 1 } as const
const SPIKE = [
  { name: 'hold', startSeconds: 0, endSeconds: 40, target: 10 },
  { name: 'spike-1', startSeconds: 40, endSeconds: 100, target: 100 },
]

test('a sound run has facts and no faults', () => {
  assert.deepEqual(loadDelivered({ summary: createSummary(), plan: createPlan() }), {
    iterations: 10_000,
    droppedIterations: 0,
    deliveredRatio: 1,
    usersReached: 100,
    usersPlanned: 100,
    scriptExceptions: 0,
    authFailures: 0,
    elapsedSeconds: 100,
    plannedSeconds: 100,
    end: 'complete',
    scriptFaults: [],
    loadFaults: [],
  })
})

describe('another load than the planned one is a fault', () => {
  type Case = [
    changes: Parameters<typeof createSummary>[0],
    plan: Partial<RunPlan>,
    faults: RegExp[],
  ]
  const dropped = (count: number) => ({ dropped_iterations: { count, rate: 1 } })
  const vus = (max: number) => ({ vus: { max, min: 0, value: 0 } })
  const cases: Case[] = [
    [dropped(101), OPEN, []],
    [dropped(102), OPEN, [/102 of 10102 iterations were dropped/]],
    [dropped(102), ONCE, [/dropped/]],
    [vus(99), {}, []],
    [vus(98), {}, [/only 98 of 100 users/]],
    [vus(98), OPEN, []],
    [vus(60), { phases: SPIKE }, []],
    [{ vus_max: { max: 60 } }, { phases: SPIKE }, [/only 60 of 100 users/]],
    [{ vus: undefined }, {}, [/only 0 of 100 users/]],
    [{ iterations: { count: 0, rate: 0 } }, {}, [/no iteration/]],
    [{ iterations: undefined }, {}, [/no iteration/]],
    [{ auth_failures: { count: 100, rate: 1 } }, {}, []],
    [{ auth_failures: { count: 101, rate: 1 } }, {}, [/101 of 10000 iterations could not log in/]],
  ]
  for (const [changes, plan, faults] of cases) {
    test(`${JSON.stringify(changes)} with ${JSON.stringify(plan)}`, () => {
      const { loadFaults } = loadDelivered({
        summary: createSummary(changes),
        plan: createPlan(plan),
      })
      assert.equal(loadFaults.length, faults.length, loadFaults.join())
      faults.forEach((fault, index) => assert.match(loadFaults[index] ?? '', fault))
    })
  }
})

test('an exception in the script is a fault', () => {
  const summary = createSummary({ script_exceptions: { count: 1, rate: 0.01 } })
  const { scriptFaults } = loadDelivered({ summary, plan: createPlan() })
  assert.deepEqual(scriptFaults, ['the script threw 1 exception: see k6.log'])
})

for (const { rate, stoppedByUser, plan, end } of [
  { rate: 100, stoppedByUser: false, plan: {}, end: 'complete' },
  { rate: 101, stoppedByUser: false, plan: {}, end: 'complete' },
  { rate: 200, stoppedByUser: false, plan: {}, end: 'cut-short' },
  { rate: 200, stoppedByUser: true, plan: {}, end: 'stopped-by-user' },
  { rate: 200, stoppedByUser: false, plan: ONCE, end: 'complete' },
]) {
  const seconds = Math.round(10_000 / rate)
  test(`a ${plan.model ?? 'closed'} run of ${seconds} s of 100 s: ${end}`, () => {
    const summary = createSummary({ iterations: { count: 10_000, rate } })
    assert.equal(loadDelivered({ summary, plan: createPlan(plan), stoppedByUser }).end, end)
  })
}
