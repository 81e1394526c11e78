import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseTagText } from './tag-columns.ts'

describe('tags are read from what k6 does not escape', () => {
  const cases: [text: string, tags: Record<string, string>][] = [
    ['phase=hold', { phase: 'hold' }],
    ['phase=hold&operation=enhance', { phase: 'hold', operation: 'enhance' }],
    ['query=a=b', { query: 'a=b' }],
    ['query=a&b', { query: 'a&b' }],
    ['query=a&b&c&phase=hold', { query: 'a&b&c', phase: 'hold' }],
    ['query=a&&b', { query: 'a&&b' }],
    ['query=&phase=hold', { query: '', phase: 'hold' }],
    ['query=a&=b', { query: 'a&=b' }],
    ['url=/x?a=1&b=2', { url: '/x?a=1', b: '2' }],
    ['name=line 1\nline 2, "quoted"', { name: 'line 1\nline 2, "quoted"' }],
    ['Phase=a&phase=b', { Phase: 'a', phase: 'b' }],
    ['lost', {}],
    ['=lost', {}],
    ['', {}],
  ]
  for (const [text, tags] of cases) {
    test(JSON.stringify(text), () => assert.deepEqual(parseTagText(text), tags))
  }
})

test('a tag named like a part of every object is a tag like others', () => {
  assert.deepEqual(Object.entries(parseTagText('__proto__=a&constructor=b')), [
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ])
})
