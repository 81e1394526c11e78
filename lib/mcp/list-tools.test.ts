import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listTools } from './list-tools.ts'

const tool = (name: string) => ({ name, inputSchema: { type: 'object' } })

test('the tools of all pages are listed, each page asked for by the cursor of the last one', () => {
  const asked: unknown[] = []
  const pages = [{ tools: [tool('a'), tool('b')], nextCursor: '' }, { tools: [tool('c')] }]

  const tools = listTools('POST /mcp tools/list', (params) => {
    asked.push(params)
    return pages[asked.length - 1]
  })

  assert.deepEqual(
    tools.map(({ name }) => name),
    ['a', 'b', 'c'],
  )
  assert.deepEqual(asked, [{}, { cursor: '' }])
})

test('a list without an end fails the operation', () => {
  const endless = () =>
    listTools('POST /mcp tools/list', () => ({ tools: [], nextCursor: 'again' }))
  assert.throws(endless, { name: 'OperationError', reason: 'mcp-endless-list' })
})

test('a null for the next cursor ends the list', () => {
  const tools = listTools('POST /mcp tools/list', () => ({ tools: [tool('a')], nextCursor: null }))
  assert.equal(tools.length, 1)
})

test('a page whose tools are no list fails the operation', () => {
  const wrong = () => listTools('POST /mcp tools/list', () => ({ tools: { a: tool('a') } }))
  assert.throws(wrong, { name: 'OperationError', reason: 'mcp-unreadable' })
})
