import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planOfOptions } from '../plan/plan-of-options.ts'
import { requireOwner } from './require-owner.ts'
import type { AnyScenario } from '../plan/k6-options.ts'
import { segmented } from './segmented.ts'

function ask(scenarios: Record<string, object>, isConfirmed = false, segment?: string): void {
  const all = segmented(scenarios as Record<string, AnyScenario>, segment)
  const plan = planOfOptions({ scenarios: all as never }, { workload: 'x', endpoints: [] })
  requireOwner({ plan: plan ?? {}, scenarios: all, isConfirmed })
}

const users = (vus: number) => ({ executor: 'constant-vus', vus, duration: '10s' })
const rate = (perSecond: number, maxVUs: number) => ({
  executor: 'constant-arrival-rate',
  ...{ rate: perSecond, duration: '10s', preAllocatedVUs: 5, maxVUs },
})

test('a small load needs nobody to say yes', () => {
  ask({ a: users(50) })
  ask({ a: rate(50, 500) })
  // Fifty users make no more of it, whatever it asks for.
  ask({ a: rate(900, 50) })
  ask({ a: users(200) }, true)
  ask({ a: users(200), b: rate(400, 400) }, false, '0:1/8')
})

for (const [what, scenarios] of [
  ['51 users', { a: users(51) }],
  ['30 and 30 users', { a: users(30), b: users(30) }],
  ['51/s', { a: rate(51, 51) }],
  ['a rate beside users', { a: users(40), b: rate(60, 20) }],
] as const) {
  test(`${what} need their owner`, () => {
    assert.throws(() => ask(scenarios), { code: 'K6V_OWNER_UNKNOWN' })
  })
}
