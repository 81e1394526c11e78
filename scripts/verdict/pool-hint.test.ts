import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../sla/example-run.ts'
import { createFacts } from './example-facts.ts'
import { poolHint } from './pool-hint.ts'

const plan = createPlan({ model: 'open', target: 100 })

test('a pool below rate times time is too small, and the hint says the number that is needed', () => {
  assert.equal(
    poolHint(createFacts({ iterationSeconds: 1.5, usersReady: 100 }), plan),
    "100 iterations/s of 1.50 s keep 150 users at work (Little's law), the pool had 100: try --pool-users 225",
  )
})

test('a pool that was large enough was not the reason', () => {
  assert.match(
    poolHint(createFacts({ iterationSeconds: 0.1, usersReady: 100 }), plan),
    /keep 10 users .* pool had 100: the target or/,
  )
})

test('half as much again as the law asks for is large enough', () => {
  const hint = (usersReady: number) =>
    poolHint(createFacts({ iterationSeconds: 1, usersReady }), plan)
  assert.match(hint(149), /try --pool-users 150$/)
  assert.match(hint(150), /stood still/)
})
