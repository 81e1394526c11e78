import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPlan } from '../../tests/support/sla/example.ts'
import { hodgesLehmann } from '../statistics/hodges-lehmann.ts'
import { parseGates } from './comparison-metric.ts'
import { describePairs, orderOfPair, parsePairs } from './pairs-plan.ts'

test('a number of pairs is looked at once, at the end', () => {
  assert.deepEqual(parsePairs('10'), { looks: [10], confidence: 0.9 })
})

test('every look of auto has an interval, and all looks together err as often as one', () => {
  const { looks, confidence } = parsePairs('auto')
  assert.ok(looks.length * (1 - confidence) <= 0.1 + 1e-12)
  for (const pairs of looks) {
    const values = Array.from({ length: pairs }, (_, index) => index)
    assert.ok(hodgesLehmann(values, confidence).interval, String(pairs))
  }
})

for (const text of ['4', '101', '7.5', '', 'many', '-10', '1e1x']) {
  test(`"${text}" is no number of pairs`, () => {
    assert.throws(() => parsePairs(text), /Expected --pairs to be auto or a whole number from 5/)
  })
}

test('the time is reported before', () => {
  const plan = createPlan({ durationSeconds: 29 })
  assert.equal(describePairs(parsePairs('10'), plan), '20 runs of 29 s, about 10 min')
  assert.equal(
    describePairs(parsePairs('auto'), plan),
    '12 to 30 runs of 29 s, about 6 min to 15 min',
  )
})

describe('the order of a pair', () => {
  const first = (seed: number) =>
    Array.from({ length: 400 }, (_, pair) => orderOfPair(seed, pair + 1)[0])

  test('has each side once', () => {
    for (let pair = 1; pair < 20; pair++) {
      assert.deepEqual([...orderOfPair(1, pair)].sort(), ['baseline', 'candidate'])
    }
  })
  test('begins with each side about as often', () => {
    const baseline = first(1).filter((side) => side === 'baseline').length
    assert.ok(baseline > 160 && baseline < 240, String(baseline))
  })
  test('is the same again for the same seed, and another for another', () => {
    assert.deepEqual(first(3), first(3))
    assert.notDeepEqual(first(3), first(4))
  })
})

describe('gates', () => {
  test('are percentiles and the error ratio', () => {
    assert.deepEqual(parseGates('p99.9, error-ratio'), [
      { name: 'p99.9', kind: 'latency', percentile: 99.9 },
      { name: 'error-ratio', kind: 'error-ratio' },
    ])
  })
  for (const text of ['', 'p0', 'p100', 'avg', 'p50,p50', 'p50,p75,p90,p95', 'p50,']) {
    test(`"${text}" is refused`, () => {
      assert.throws(() => parseGates(text), /Expected --gate to be up to 3 different ones/)
    })
  }
})
