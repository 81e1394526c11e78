import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DEFAULT_GATES, parseGates } from './comparison-metric.ts'
import { createFigures, createPair } from '../../tests/support/compare/example-figures.ts'
import { CONFIDENCE } from './judge-differences.ts'
import { judgePairs } from './judge-pairs.ts'
import { type Reason, reason } from '../reasons/reasons.ts'
import type { PairResult, SideResult } from './pair-result.ts'

const SETTINGS = { gates: parseGates(DEFAULT_GATES), margin: 0.02, confidence: CONFIDENCE }

function pairs(
  count: number,
  factor: number,
  sides: { baseline?: Partial<SideResult>; candidate?: Partial<SideResult> } = {},
): PairResult[] {
  return Array.from({ length: count }, (_, index) =>
    // A little apart, as runs are.
    createPair(index + 1, factor * (1 + (index % 3) / 1_000), sides),
  )
}

const codesOf = (reasons: readonly Reason[]) => reasons.map(({ code }) => code)

const NO_CPU = { generatorFaults: ['k6 had no CPU to spare'] }
const DROPPED = { loadFaults: ['90 of 100 iterations were dropped'] }

describe('the worst gate decides', () => {
  test('a slower candidate is a REGRESSION', () => {
    const { verdict, gates } = judgePairs(pairs(6, 1.2), SETTINGS)
    assert.equal(verdict, 'REGRESSION')
    assert.deepEqual(
      gates.map((gate) => gate.verdict),
      ['REGRESSION', 'REGRESSION', 'NO_DIFFERENCE'],
    )
    assert.equal(gates[0]?.baseline, 20)
  })

  test('a faster one IMPROVED, an equal one is NO_DIFFERENCE', () => {
    assert.equal(judgePairs(pairs(6, 0.8), SETTINGS).verdict, 'IMPROVED')
    assert.equal(judgePairs(pairs(6, 1), SETTINGS).verdict, 'NO_DIFFERENCE')
  })

  test('a faster one with more errors is a REGRESSION', () => {
    const figures = [
      createFigures({
        percentiles: { p50: { value: 5 }, p95: { value: 20 } },
        errorRatio: { value: 0.02 },
      }),
    ]
    const { verdict, gates } = judgePairs(pairs(6, 1, { candidate: { figures } }), SETTINGS)
    assert.equal(verdict, 'REGRESSION')
    assert.deepEqual(
      gates.map((gate) => gate.verdict),
      ['IMPROVED', 'IMPROVED', 'REGRESSION'],
    )
  })

  test('one that only fails has no latency, and is a REGRESSION all the same', () => {
    const figures = [createFigures({ samples: 0, percentiles: {}, errorRatio: { value: 1 } })]
    const { verdict, reasons } = judgePairs(pairs(6, 1, { candidate: { figures } }), SETTINGS)
    assert.equal(verdict, 'REGRESSION')
    assert.deepEqual(
      reasons[0],
      reason('PAIRS_LACK_METRIC', { metric: 'p50', missing: 6, pairs: 6 }),
    )
  })

  test('a latency that is missing in one pair leaves it open', () => {
    const some = pairs(7, 1)
    const [first] = some
    if (first) first.candidate.figures = [createFigures({ percentiles: {} })]
    assert.equal(judgePairs(some, SETTINGS).verdict, 'NO_DATA')
  })
})

describe('a pair leaves by a rule that looks at no latency', () => {
  test('however slow one is, it stays', () => {
    const slow = [...pairs(6, 1), createPair(7, 1_000)]
    assert.deepEqual(judgePairs(slow, SETTINGS).excluded, [])
  })

  for (const side of ['baseline', 'candidate'] as const) {
    test(`a generator without CPU at the ${side} takes out both of its runs`, () => {
      const all = [...pairs(6, 1.2), createPair(7, 1, { [side]: NO_CPU })]
      const { verdict, excluded, gates } = judgePairs(all, SETTINGS)
      assert.equal(verdict, 'REGRESSION')
      assert.deepEqual(excluded, [{ pair: 7, reasons: [`${side}: k6 had no CPU to spare`] }])
      assert.equal(gates[0]?.pairs, 6)
    })
  }

  test('load that only the candidate dropped makes it NO_DATA', () => {
    const lost = createPair(7, 1, { candidate: DROPPED })
    const { verdict, reasons } = judgePairs([...pairs(6, 1), lost], SETTINGS)
    assert.equal(verdict, 'NO_DATA')
    assert.deepEqual(reasons, [
      reason('CANDIDATE_LOST_LOAD', { candidate: 1, baseline: 0, pairs: 7 }),
    ])
  })

  test('load that both dropped, or the baseline alone, says nothing against the candidate', () => {
    const both = createPair(7, 1, { baseline: DROPPED, candidate: DROPPED })
    const before = createPair(8, 1, { baseline: DROPPED })
    assert.equal(judgePairs([...pairs(6, 1), both, before], SETTINGS).verdict, 'NO_DIFFERENCE')
  })

  test('a REGRESSION stays one', () => {
    const lost = createPair(7, 1, { candidate: DROPPED })
    assert.equal(judgePairs([...pairs(6, 1.2), lost], SETTINGS).verdict, 'REGRESSION')
  })

  test('four that are left are too few', () => {
    const all = [...pairs(4, 1.5), createPair(5, 1, { baseline: NO_CPU })]
    const { verdict, reasons } = judgePairs(all, SETTINGS)
    assert.equal(verdict, 'NO_DATA')
    assert.deepEqual(reasons[0], reason('TOO_FEW_PAIRS', { metric: 'p50', pairs: 4, needed: 5 }))
  })

  test('none that is left is INVALID', () => {
    const { verdict, reasons } = judgePairs(pairs(5, 1, { baseline: NO_CPU }), SETTINGS)
    assert.equal(verdict, 'INVALID')
    assert.deepEqual(codesOf(reasons), ['NO_PAIR_LEFT'])
    assert.equal(judgePairs([], SETTINGS).verdict, 'INVALID')
  })
})

test('a bound that was asked for and not reached is NOT_PROVEN, and says both', () => {
  const wide = Array.from({ length: 6 }, (_, index) => createPair(index + 1, 1 + index / 10 - 0.25))
  assert.equal(judgePairs(wide, SETTINGS).verdict, 'NO_DIFFERENCE')
  const { verdict, reasons } = judgePairs(wide, { ...SETTINGS, atMost: 0.1 })
  assert.equal(verdict, 'NOT_PROVEN')
  const [first] = reasons
  assert.deepEqual([first?.code, first?.data['wanted']], ['BOUND_NOT_PROVEN', '+10%'])
  assert.equal(judgePairs(pairs(6, 1), { ...SETTINGS, atMost: 0.1 }).verdict, 'NO_DIFFERENCE')
})

test('a comparison that broke off is NO_DATA', () => {
  const failure = reason('PAIR_NOT_RUN', { pair: 7, why: 'no answer' })
  const { verdict, reasons } = judgePairs(pairs(6, 1), { ...SETTINGS, failure })
  assert.equal(verdict, 'NO_DATA')
  assert.ok(reasons.includes(failure))
})

test('endpoints are shown and decide nothing', () => {
  const figures = (p50: number) => [
    createFigures(),
    createFigures({ endpoint: 'GET /a', percentiles: { p50: { value: p50 } } }),
  ]
  const sides = { baseline: { figures: figures(10) }, candidate: { figures: figures(30) } }
  const { verdict, endpoints } = judgePairs(pairs(6, 1, sides), SETTINGS)
  assert.equal(verdict, 'NO_DIFFERENCE')
  const [median] = endpoints
  assert.equal(median?.endpoint, 'GET /a')
  assert.ok(Math.abs((median.estimate ?? 0) - Math.log(3)) < 1e-9)
})

test('a percentile of too few samples is judged, with a word about it', () => {
  const figures = [createFigures({ samples: 100 })]
  const sides = { baseline: { figures }, candidate: { figures } }
  const { verdict, reasons } = judgePairs(pairs(6, 1, sides), SETTINGS)
  assert.equal(verdict, 'NO_DIFFERENCE')
  assert.deepEqual(reasons, [
    reason('FEW_SAMPLES_IN_A_RUN', { metric: 'p95', samples: 100, needed: 200 }),
  ])
})
