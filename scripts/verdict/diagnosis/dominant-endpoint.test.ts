import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dominantEndpoint } from './dominant-endpoint.ts'
import { createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'

type Numbers = [requests: number, failed: number, totalMs: number]

function diagnoseRows(one: Numbers, other: Numbers) {
  const rows = Object.entries({ one, other }).map(([endpoint, [requests, failed, totalMs]]) => {
    return { endpoint, requests, failed, totalMs }
  })
  return dominantEndpoint(createFacts({ endpointTimes: rows })).map(({ id, text }) => [id, text])
}

test('an endpoint with a tenth of the requests and 80 % of the failures is reported, with 79 % it is not', () => {
  assert.deepEqual(diagnoseRows([100, 80, 100], [900, 20, 900]), [
    ['endpoint-failures', 'one has 80 of the 100 failures, and 10% of the requests.'],
  ])
  assert.deepEqual(diagnoseRows([100, 79, 100], [900, 21, 900]), [])
})

test('an endpoint with 40 % of the requests and 80 % of the time is reported, with 41 % it is not', () => {
  assert.deepEqual(diagnoseRows([40, 0, 800], [60, 0, 200]), [
    ['endpoint-time', 'one has 80% of the time of all requests, and 40% of the requests.'],
  ])
  assert.deepEqual(diagnoseRows([41, 0, 800], [59, 0, 200]), [])
})

test('fewer than 20 failures may all be in one place by chance', () => {
  assert.equal(diagnoseRows([10, 20, 10], [90, 0, 90]).length, 1)
  assert.deepEqual(diagnoseRows([10, 19, 10], [90, 0, 90]), [])
})

test('the only endpoint, or no request at all, is nothing to tell', () => {
  assert.deepEqual(diagnoseRows([1_000, 500, 1_000], [0, 0, 0]), [])
  assert.deepEqual(diagnoseRows([0, 0, 0], [0, 0, 0]), [])
})
