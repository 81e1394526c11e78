import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Response } from '../send.ts'
import { resultOf } from './result-of.ts'

// The cast: of the thirty fields of k6's Response only those that are read here.
const answered = (message: object) => {
  const headers = { 'Content-Type': 'application/json' }
  const response = { status: 200, headers, body: JSON.stringify(message), json: () => message }
  return { name: 'POST /mcp initialize', id: 0, response: response as unknown as Response }
}

test('a result is an object', () => {
  const result = { tools: [] }
  assert.equal(resultOf(answered({ jsonrpc: '2.0', id: 0, result })), result)
})

for (const result of [null, 'text', 7, []]) {
  test(`a result that is ${JSON.stringify(result)} fails the operation, and no script`, () => {
    assert.throws(() => resultOf(answered({ jsonrpc: '2.0', id: 0, result })), {
      name: 'OperationError',
      reason: 'mcp-unreadable',
      message: /^POST \/mcp initialize answered a result that is no object: /,
    })
  })
}
