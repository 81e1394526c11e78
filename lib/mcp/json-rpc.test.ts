import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js'
import {
  errorReason,
  type Message,
  notificationsOf,
  PROTOCOL_VERSIONS,
  responseTo,
} from './json-rpc.ts'

const PROGRESS: Message = { jsonrpc: '2.0', method: 'notifications/progress', params: {} }
const PING: Message = { jsonrpc: '2.0', id: 7, method: 'ping' }
const RESULT: Message = { jsonrpc: '2.0', id: 7, result: {} }

test('the versions of the protocol are those of the official SDK', () => {
  assert.deepEqual([...PROTOCOL_VERSIONS], SUPPORTED_PROTOCOL_VERSIONS)
})

test('the response to a request is the one with its id, whatever came before it', () => {
  assert.equal(responseTo(7, [PROGRESS, PING, RESULT]), RESULT)
  assert.equal(responseTo(8, [PROGRESS, PING, RESULT]), undefined)
})

test('an id that is a text of digits is that number, as in the official SDK', () => {
  const answer: Message = { jsonrpc: '2.0', id: '7', result: {} }
  assert.equal(responseTo(7, [answer]), answer)
})

test('an error without an id belongs to the request', () => {
  const error = { code: -32700, message: 'Parse error' }
  for (const answer of [
    { jsonrpc: '2.0', error } as const,
    { jsonrpc: '2.0', id: null, error } as const,
  ])
    assert.equal(responseTo(0, [answer]), answer)
  assert.equal(responseTo(7, [{ jsonrpc: '2.0', id: 8, error }]), undefined)
})

test('a null is no id: it is not 0', () => {
  assert.equal(responseTo(0, [{ jsonrpc: '2.0', id: null, result: {} }]), undefined)
})

test('a request of the server is no notification', () => {
  assert.deepEqual(notificationsOf([PROGRESS, PING, RESULT]), [
    { method: 'notifications/progress', params: {} },
  ])
})

test('a code of an error becomes one of a few words', () => {
  assert.equal(errorReason(-32602), 'mcp-invalid-params')
  assert.equal(errorReason(-32001), 'mcp-error-32001')
  assert.equal(errorReason(7), 'mcp-error-7')
})
