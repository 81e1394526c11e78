import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileAll } from '../../tests/support/sla/example.ts'
import { toK6Thresholds, trendStats } from './k6-thresholds.ts'

const LATENCY = { indicator: { latency: 'p95' }, limit: '< 200ms' }
const ERRORS = { indicator: 'error-ratio', limit: '< 0.1%' }
const ACCURACY = { indicator: { share: 'technique_accuracy' }, limit: '>= 95%', level: 'advisory' }

test('every objective has its threshold, and one guard for each selector', () => {
  const compiled = compileAll([
    LATENCY,
    ERRORS,
    { indicator: 'availability', limit: '>= 99.9%' },
    { indicator: { rate: 'http_reqs' }, limit: '>= 10/s', phases: ['hold'] },
  ])
  assert.deepEqual(toK6Thresholds(compiled), {
    script_exceptions: ['count<1'],
    'http_req_duration{judged:yes,expected_response:true}': ['p(95)<200'],
    'http_reqs{judged:yes}': ['count>0'],
    'http_req_failed{judged:yes}': ['rate<0.001', 'rate<=0.001'],
    'http_reqs{judged:yes,phase:hold}': ['count>=599', 'count>0'],
  })
})

test('an advisory objective is measured, but can never make k6 fail', () => {
  assert.deepEqual(toK6Thresholds(compileAll([ACCURACY])), {
    script_exceptions: ['count<1'],
    'technique_accuracy{judged:yes}': ['rate>=0'],
    'iterations{judged:yes}': ['count>=0'],
  })
})

test('an objective with stop is no reason for k6 to abort: its values are those since the start', () => {
  const thresholds = toK6Thresholds(compileAll([{ ...ERRORS, stop: { after: '30s' } }]))
  assert.deepEqual(thresholds['http_req_failed{judged:yes}'], ['rate<0.001'])
})

test('equal thresholds are written once', () => {
  const thresholds = toK6Thresholds(compileAll([ERRORS, ERRORS]))
  assert.deepEqual(thresholds['http_req_failed{judged:yes}'], ['rate<0.001'])
})

test('what is not for k6 leaves no trace', () => {
  const compiled = compileAll([
    { indicator: 'recovery-time', limit: '< 5m' },
    { indicator: 'delivered-load', limit: '>= 99%' },
    { ...LATENCY, scenarios: ['spike'] },
  ])
  assert.deepEqual(toK6Thresholds(compiled), { script_exceptions: ['count<1'] })
})

test('unusual percentiles are added to the statistics of the summary', () => {
  const rare = { indicator: { latency: 'p99.5' }, limit: '< 1s' }
  const usual = trendStats(compileAll([LATENCY, ERRORS]))
  assert.deepEqual(trendStats(compileAll([rare, rare, LATENCY])), [...usual, 'p(99.5)'])
  assert(usual.includes('count'))
})
