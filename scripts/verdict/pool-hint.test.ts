import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../sla/example-run.ts'
import { poolHint } from './pool-hint.ts'
import type { Summary } from './read-summary.ts'

const plan = createPlan({ model: 'open', target: 100 })

function summaryOf(meanMs: number, pool: number): Summary {
  const metric = (values: Record<string, number>) => ({ values })
  return {
    metrics: { iteration_duration: metric({ avg: meanMs }), vus_max: metric({ max: pool }) },
  } as unknown as Summary
}

test('a pool below rate times time is too small, and the hint says the number that is needed', () => {
  assert.equal(
    poolHint(summaryOf(1_500, 100), plan),
    "100 iterations/s of 1.50 s keep 150 users at work (Little's law), the pool had 100: try --pool-users 225",
  )
})

test('a pool that was large enough was not the reason', () => {
  assert.match(poolHint(summaryOf(100, 100), plan), /keep 10 users .* pool had 100: the target or/)
})
