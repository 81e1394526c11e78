import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markdownTable } from './plain-table.ts'

test('a name cannot break a Markdown table', () => {
  assert.equal(
    markdownTable(['Endpoint', 'p50'], [['GET /a|b\nc', '1 ms']]),
    '| Endpoint | p50 |\n| --- | --- |\n| GET /a\\|b c | 1 ms |',
  )
})
