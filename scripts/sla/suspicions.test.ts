import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compileAll, createPlan } from '../../tests/support/sla/example.ts'
import { suspicionTexts } from './suspicions.ts'

const ERRORS = { indicator: 'error-ratio', limit: '< 1%' }
const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }

function textOf(objective: Record<string, unknown>): string {
  return suspicionTexts(compileAll([ERRORS, objective])).join('\n')
}

describe('what can be judged and is hardly meant is said with its place', () => {
  const cases: [objective: Record<string, unknown>, text: RegExp][] = [
    [
      { indicator: { statistic: 'max of vus' }, limit: '<= 100000 units' },
      /objectives\[1\]\.limit: expected .* got "<= 100000 units"\n.*no target can miss/,
    ],
    [
      { indicator: 'availability', limit: '>= 1%' },
      /objectives\[1\]\.limit: expected .* got ">= 1%"\n.*Tighten/,
    ],
    [{ indicator: 'error-ratio', limit: '< 99%' }, /got "< 99%"/],
    [{ indicator: { apdex: '200ms' }, limit: '> 10%' }, /got "> 10%"/],
    [
      { ...LATENCY, windows: { length: '10s', violating: '<= 90%' } },
      /windows\.violating: .* got "<= 90%"/,
    ],
    [
      { ...LATENCY, limit: '< 61s' },
      /objectives\[1\]\.limit: expected at most 60s, got "< 61s"\n.*given up/,
    ],
    [
      { ...LATENCY, windows: { length: '90s', violating: '<= 5%' } },
      /windows\.length: expected at most the 80s .* got "90s"\n.*No window fits/,
    ],
    [
      { ...LATENCY, phases: ['hold'], windows: { length: '61s', violating: '<= 5%' } },
      /windows\.length: expected at most the 60s .* got "61s"/,
    ],
  ]
  for (const [objective, text] of cases) {
    test(JSON.stringify(objective), () => assert.match(textOf(objective), text))
  }
})

describe('nothing is said of what is usual', () => {
  const cases = [
    { indicator: 'availability', limit: '>= 50%' },
    { indicator: { share: 'technique_accuracy' }, limit: '>= 1%' },
    { indicator: { statistic: 'max of vus' }, limit: '>= 90 units' },
    { ...LATENCY, limit: '< 60s' },
    { ...LATENCY, windows: { length: '60s', violating: '<= 5%' } },
    { ...LATENCY, limit: '< 61s', scenarios: ['spike'] },
  ]
  for (const objective of cases) {
    test(JSON.stringify(objective), () => assert.equal(textOf(objective), ''))
  }
})

test('a workload whose requests wait longer may have a limit that is longer', () => {
  const plan = createPlan({ requestTimeoutSeconds: 120 })
  assert.deepEqual(suspicionTexts(compileAll([{ ...LATENCY, limit: '< 61s' }], plan)), [])
})

test('of each endpoint it is said once', () => {
  const all = compileAll([{ ...LATENCY, limit: '< 61s', each: 'endpoint' }])
  assert.equal(all.length, 2)
  assert.equal(suspicionTexts(all).length, 1)
})
