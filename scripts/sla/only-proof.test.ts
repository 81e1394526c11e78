import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll, createPlan } from '../../tests/support/sla/example.ts'
import { onlyProofThresholds, toK6Thresholds } from './k6-thresholds.ts'

const p99 = { indicator: { latency: 'p99' }, limit: '< 500ms' }
const p95 = { indicator: { latency: 'p95' }, limit: '< 200ms' }

test('a percentile needs as many samples as it does on this machine', () => {
  const compiled = compileAll([p99, p95, { ...p95, limit: '< 150ms' }])

  assert.deepEqual(onlyProofThresholds(compiled, createPlan()), {
    'http_reqs{judged:yes}': ['count>=1000', 'count>=200'],
  })
  const whole = toK6Thresholds(compiled, onlyProofThresholds(compiled, createPlan()))
  assert.deepEqual(whole['http_reqs{judged:yes}'], ['count>=1000', 'count>=200', 'count>0'])
  assert.deepEqual(whole['script_exceptions'], ['count<1'])
})

test('an advisory objective and a ratio ask for nothing', () => {
  const compiled = compileAll([
    { ...p99, level: 'advisory' },
    { indicator: 'error-ratio', limit: '< 1%' },
  ])
  assert.deepEqual(onlyProofThresholds(compiled, createPlan()), {})
})

test('an open model may drop one iteration in a hundred of those planned', () => {
  const plan = createPlan({
    model: 'open',
    phases: [
      { name: 'ramp-up', startSeconds: 0, endSeconds: 10, target: 100 },
      { name: 'hold', startSeconds: 10, endSeconds: 60, target: 100 },
    ],
  })
  // 10 s at 50/s on average and 50 s at 100/s are 5,500 iterations.
  assert.deepEqual(onlyProofThresholds([], plan), { dropped_iterations: ['count<=55'] })
  assert.deepEqual(onlyProofThresholds([], { ...plan, judges: 'steps' }), {})
})
