import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFacts } from '../../../tests/support/verdict/example-diagnosis.ts'
import { tooManySeries } from './too-many-series.ts'

test('1,112 combinations of nine metrics are over 10,000 series, 1,111 are not', () => {
  const tags = [
    { tag: 'order', values: 1_112 },
    { tag: 'name', values: 2 },
  ]
  const [found] = tooManySeries(createFacts({ seriesCount: { combinations: 1_112, tags } }))

  assert.match(found?.text ?? '', /at least 10,008 series, most of all order \(1,112 values\)/)
  assert.deepEqual(tooManySeries(createFacts({ seriesCount: { combinations: 1_111, tags } })), [])
})
