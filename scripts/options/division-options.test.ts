import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { divisionOf, startAt } from './division-options.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

describe('--start-at is a moment to come, the same on every machine', () => {
  for (const [text, seconds] of [
    ['+30s', 30],
    ['+1m30s', 90],
    ['2026-11-21T12:00:10Z', 10],
    ['2026-11-21T13:00:00.500+01:00', 0.5],
  ] as const) {
    test(text, () => assert.equal(startAt(text, NOW), NOW + seconds * 1_000))
  }

  for (const text of [
    '2026-11-21T11:59:59Z',
    '2026-11-21T12:30:00',
    '2026-11-23T12:30:00Z',
    'noon',
    '+soon',
    '',
  ]) {
    test(`"${text}" is refused`, () => {
      assert.throws(() => startAt(text, NOW), { code: 'K6V_WRONG_VALUE' })
    })
  }
})

test('one k6 that makes all of the load is no division', () => {
  assert.equal(divisionOf({}), undefined)
  assert.equal(divisionOf({ instances: 1 }), undefined)
})

test('instances and segments go together, a segment needs its time', () => {
  const segment = { part: 2, of: 5 }
  assert.deepEqual(divisionOf({ instances: 4 }), { instances: 4 })
  assert.deepEqual(divisionOf({ instances: 4, segment, startAt: NOW }), {
    instances: 4,
    machine: { part: 2, of: 5, startAtMs: NOW },
  })
  assert.throws(() => divisionOf({ segment }), /--segment needs --start-at/)
  assert.throws(() => divisionOf({ startAt: NOW }), /--start-at goes with --segment/)
})
