import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iterationsPerUser } from './load-shapes.ts'
import { applySettings } from './phases.ts'
import { DEFAULT_SETTINGS, type RunSettings } from './run-settings.ts'

const counted = iterationsPerUser({ users: 100, iterations: 50, maxDuration: '10m' })

function applied(change: Partial<RunSettings>) {
  return applySettings(counted, { ...DEFAULT_SETTINGS, ...change })
}

test('counted iterations take other users, and keep their latest end at any time scale', () => {
  assert.deepEqual(applied({ users: 8, timeScale: 0.1 }), {
    ...counted,
    start: 8,
    steps: [{ phase: 'hold', duration: '10m', target: 8 }],
  })
  assert.deepEqual(applied({ timeScale: 0.1 }), counted)
})

const REFUSED: [change: Partial<RunSettings>, message: RegExp][] = [
  [{ duration: '5s' }, /got 5s: each user makes 50 iterations; --users says how many users$/],
  [{ ratePerSecond: 5 }, /^Expected no --rate, --duration or --model for this scenario, got 5/],
  [{ model: 'open' }, /^Expected no --rate, --duration or --model for this scenario, got open/],
]
for (const [change, message] of REFUSED) {
  test(`${JSON.stringify(change)} is refused for counted iterations`, () => {
    assert.throws(() => applied(change), { name: 'SettingsError', message })
  })
}
