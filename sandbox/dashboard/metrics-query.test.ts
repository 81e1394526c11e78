import assert from 'node:assert/strict'
import { test } from 'node:test'
import { metricsQueryOf, type QueryText } from './metrics-query.ts'

const messageOf = (text: QueryText): string => {
  try {
    metricsQueryOf(text)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('what is left out does not limit', () => {
  assert.deepEqual(metricsQueryOf({}), {})
})

test('every parameter is read', () => {
  const text = {
    from: '2026-01-31',
    to: '2026-01-31T10:30:00.500+02:00',
    technique: 'few-shot',
    segment: 'pro',
    up_to_id: '0',
  }
  assert.deepEqual(metricsQueryOf(text), {
    fromMs: Date.UTC(2026, 0, 31),
    toMs: Date.UTC(2026, 0, 31, 8, 30, 0, 500),
    technique: 'few-shot',
    segment: 'pro',
    upToId: 0,
  })
})

for (const from of [
  '',
  'yesterday',
  '1769817600',
  '0001-01-01',
  '2026-02-30',
  '2026-13-01',
  '2026-01-31T10:00:00',
  '2026-01-31T25:00:00Z',
  '2026-01-31T10:00:00 02:00',
]) {
  test(`"${from}" is no time`, () => {
    const rule = 'Expected from to be an ISO 8601 date (2026-01-31) or a time with its zone'
    assert.ok(messageOf({ from }).startsWith(rule))
    assert.ok(messageOf({ from }).endsWith(`, got "${from}"`))
  })
}

test('all faults are named at once, each with its rule', () => {
  assert.equal(
    messageOf({ technique: 'magic', segment: 'royal', up_to_id: '1.5' }),
    [
      'Expected technique to be one of few-shot, structured-output, role-play, self-consistency, ' +
        'tree-of-thoughts, analogy, constraint, step-by-step, chain-of-thought, zero-shot, got "magic"',
      'Expected segment to be one of free, pro, enterprise, got "royal"',
      'Expected up_to_id to be an integer from 0, got "1.5"',
    ].join('; '),
  )
})

test('a range that ends before it begins is refused', () => {
  const [earlier, later] = ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z']
  assert.equal(
    messageOf({ from: later, to: earlier }),
    `Expected from to be at or before to, got ${later} after ${earlier}`,
  )
  assert.equal(messageOf({ from: earlier, to: earlier }), '')
})
