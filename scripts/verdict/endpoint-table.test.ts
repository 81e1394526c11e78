import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpointRows } from './endpoint-table.ts'
import { createSummary } from './example-summary.ts'

test('an endpoint has one row, with percentiles of its expected responses', () => {
  const summary = createSummary({
    'http_reqs{name:GET /a}': { count: 200, rate: 20 },
    'http_req_failed{name:GET /a}': { passes: 50, fails: 150, value: 0.25 },
    'http_req_duration{name:GET /a,expected_response:true}': {
      'p(50)': 5,
      'p(95)': 9,
      'p(99)': 12,
      count: 150,
    },
  })
  assert.deepEqual(endpointRows(summary, ['GET /a']), [
    {
      endpoint: 'GET /a',
      count: 200,
      ratePerSecond: 20,
      p50Ms: 5,
      p95Ms: 9,
      p99Ms: 12,
      errors: 50,
      errorRatio: 0.25,
    },
  ])
})

test('an endpoint without requests has no percentiles and no error ratio', () => {
  const summary = createSummary({
    'http_reqs{name:GET /a}': { count: 0, rate: 0 },
    'http_req_failed{name:GET /a}': { passes: 0, fails: 0, value: 0 },
    'http_req_duration{name:GET /a,expected_response:true}': { 'p(50)': 0, count: 0 },
  })
  const row = { count: 0, ratePerSecond: 0, errors: 0 }
  assert.deepEqual(endpointRows(summary, ['GET /a', 'GET /b']), [
    { endpoint: 'GET /a', ...row },
    { endpoint: 'GET /b', ...row },
  ])
})
