import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findingsOf, mendedContent } from './findings.ts'

const DOCUMENT = '#Title\nThis is is it. \n* a\n\tb\nAll good here.'

test('each broken rule is found with its line, in the order of the lines', () => {
  const found = findingsOf(DOCUMENT).map(({ rule, line }) => `${line} ${rule}`)
  assert.deepEqual(found, [
    '1 heading-needs-space',
    '2 no-trailing-space',
    '2 no-repeated-word',
    '3 no-bare-bullet',
    '4 no-tab',
  ])
  assert.deepEqual(findingsOf(DOCUMENT), findingsOf(DOCUMENT))
})

test('a mended document has nothing left to find', () => {
  const mended = mendedContent(DOCUMENT)
  assert.equal(mended, '# Title\nThis is it.\n- a\n  b\nAll good here.')
  assert.deepEqual(findingsOf(mended), [])
})

test('a word three times in a row is mended, too', () => {
  const mended = mendedContent('this is is is Is it')
  assert.equal(mended, 'this is it')
  assert.deepEqual(findingsOf(mended), [])
})

test('a long run of spaces takes no longer than other text', () => {
  const sinceMs = performance.now()
  assert.deepEqual(findingsOf(`a${' '.repeat(100_000)}b`), [])
  assert.ok(performance.now() - sinceMs < 1_000)
})
