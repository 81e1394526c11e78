import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stableJson } from './stable-json.ts'

test('the same board is the same text, whatever the order of its keys', () => {
  assert.equal(
    stableJson({ b: [{ d: 1, c: 2 }], a: null }),
    stableJson({ a: null, b: [{ c: 2, d: 1 }] }),
  )
  assert.ok(stableJson({ b: 1, a: 2 }).startsWith('{\n  "a": 2'))
})
