import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatDuration, parseDuration } from './duration.ts'

for (const [text, seconds] of [
  ['30s', 30],
  ['1m30s', 90],
  ['500ms', 0.5],
  ['2h', 7_200],
  ['1.5s', 1.5],
] as const) {
  test(`${text} is ${seconds} seconds`, () => assert.equal(parseDuration(text), seconds))
}

for (const text of ['', '5', 's', '5 s', '5d', '-5s', 'abc', '5sm']) {
  test(`"${text}" is no duration`, () => {
    assert.throws(() => parseDuration(text), /Expected a duration such as 90s/)
  })
}

test('seconds become a duration that k6 reads', () => {
  assert.equal(formatDuration(90), '90s')
  assert.equal(formatDuration(0.6), '600ms')
  assert.equal(formatDuration(0.30000000000000004), '300ms')
})
