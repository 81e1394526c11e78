import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRow, START_US } from '../../tests/support/samples/live-example.ts'
import { isFailure, isOfLoad, startOf } from './live-scanner.ts'

test('log-ins, setup and teardown are not of the load', () => {
  assert.equal(isOfLoad(createRow({ at: 1 })), true)
  assert.equal(isOfLoad(createRow({ at: 1, tags: { operation: undefined } })), true)
  assert.equal(isOfLoad(createRow({ at: 1, tags: { operation: 'auth' } })), false)
  assert.equal(isOfLoad(createRow({ at: 1, tags: { scenario: undefined } })), false)
})

for (const [expected, status, failed] of [
  ['true', '404', false],
  ['false', '200', true],
  [undefined, '201', false],
  [undefined, '404', true],
  [undefined, '0', true],
  [undefined, undefined, true],
] as const) {
  test(`expected_response ${expected}, status ${status}: ${failed ? 'failed' : 'as it should be'}`, () => {
    const row = createRow({ at: 1, tags: { expected_response: expected, status } })

    assert.equal(isFailure(row), failed)
  })
}

test('a request began a latency before its sample, any other sample then and there', () => {
  assert.equal(startOf(createRow({ at: 2, value: 1_500 })), START_US + 500_000)
  assert.equal(startOf(createRow({ at: 2, value: 1_500, metric: 'vus' })), START_US + 2_000_000)
})
