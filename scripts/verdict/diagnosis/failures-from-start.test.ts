import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createEndpoint, createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { failuresFromStart } from './failures-from-start.ts'

const endpoints = [createEndpoint('POST /v1/enhance', 1_000, 500)]

function diagnoseFirst(failed: number, requests = 100) {
  return failuresFromStart(createFacts({ firstRequests: { requests, failed }, endpoints }))
}

test('16 failures of the first 100 requests are too many, 15 are not', () => {
  assert.match(
    diagnoseFirst(16)[0]?.text ?? '',
    /^16 of the first 100 requests failed \(50% of the/,
  )
  assert.deepEqual(diagnoseFirst(15), [])
})

test('of fewer than 20 requests nothing is said', () => {
  assert.equal(diagnoseFirst(20, 20).length, 1)
  assert.deepEqual(diagnoseFirst(19, 19), [])
})
