import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPlan } from '../../tests/support/sla/example.ts'
import { createRun, verdictOf } from '../../tests/support/history/example-history.ts'
import { setupText } from './setup-text.ts'

type Run = Parameters<typeof setupText>[0]
const run = verdictOf(createRun(1))['run'] as Run
const at = (base: string) => ({ ...run, target: { base, byRegion: {}, sandbox: false } })

test('a load on the sandbox says users, length and target', () => {
  assert.equal(setupText(run), '100 users, 100 s, sandbox')
})

test('profile, rate and time scale are reported', () => {
  const plan = createPlan({ profile: 'peak', model: 'open', target: 50 })
  const settings = { ...run.settings, timeScale: 0.1 }
  assert.equal(
    setupText({ ...run, plan, settings }),
    'peak, 50 iterations/s, 100 s, time scale 0.1, sandbox',
  )
})

test('a local server is the same target on any port, another host is not', () => {
  assert.equal(setupText(at('http://127.0.0.1:8080')), setupText(at('http://localhost:9090')))
  assert.notEqual(setupText(at('https://a.example')), setupText(at('https://b.example')))
  assert.match(setupText(at('https://a.example/v1')), / a\.example$/)
})

test('regions are targets of their own', () => {
  const target = {
    byRegion: { eu: 'https://eu.example', us: 'https://us.example' },
    sandbox: false,
  }
  assert.match(setupText({ ...run, target }), / eu\.example and us\.example$/)
})

test('users who each make so many iterations have no length: it is only the longest allowed', () => {
  const plan = createPlan({ target: 10, iterationsPerUser: 70 })
  assert.equal(setupText({ ...run, plan }), '10 users, 700 iterations, sandbox')
})
