import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { toleranceOf } from './difference-scale.ts'
import { type ComparisonVerdict, CONFIDENCE, judgeDifferences } from './judge-differences.ts'
import { pairsNeeded } from './pairs-needed.ts'

const SETTINGS = { ...toleranceOf('ratio', 0.02), confidence: CONFIDENCE }

/** Six differences around a middle, 0.1 % apart. */
function around(percent: number, stepPercent = 0.1): number[] {
  return [-2, -1, 0, 0, 1, 2].map((step) => Math.log1p((percent + step * stepPercent) / 100))
}

describe('the whole interval decides', () => {
  for (const { title, differences, verdict } of [
    { title: '10 % more', differences: around(10), verdict: 'REGRESSION' },
    { title: '10 % less', differences: around(-10), verdict: 'IMPROVED' },
    { title: 'no difference', differences: around(0), verdict: 'EQUIVALENT' },
    { title: 'less than the margin', differences: around(1.5), verdict: 'EQUIVALENT' },
    { title: 'the margin itself', differences: around(2), verdict: 'EQUIVALENT' },
    { title: 'just more than the margin', differences: around(2.5), verdict: 'REGRESSION' },
    { title: 'no difference, but a wide one', differences: around(0, 10), verdict: 'INCONCLUSIVE' },
    {
      title: 'much more in one pair of ten',
      differences: [...around(0), 0, 0, 0, 3],
      verdict: 'EQUIVALENT',
    },
    { title: 'fewer than five pairs', differences: [1, 1, 1, 1], verdict: 'INCONCLUSIVE' },
    { title: 'no pair', differences: [], verdict: 'INCONCLUSIVE' },
  ]) {
    test(`${title}: ${verdict}`, () => {
      assert.equal(judgeDifferences(differences, SETTINGS).verdict, verdict)
    })
  }
})

const OTHER_WAY: Record<ComparisonVerdict, ComparisonVerdict> = {
  REGRESSION: 'IMPROVED',
  IMPROVED: 'REGRESSION',
  EQUIVALENT: 'EQUIVALENT',
  INCONCLUSIVE: 'INCONCLUSIVE',
}

test('sides that change their places change the verdict, and nothing else', () => {
  for (const percent of [-10, -1, 0, 1, 10]) {
    const differences = around(percent)
    const turned = judgeDifferences(
      differences.map((difference) => -difference),
      SETTINGS,
    )
    const { verdict, estimate = NaN, interval } = judgeDifferences(differences, SETTINGS)
    assert.equal(turned.verdict, OTHER_WAY[verdict])
    assert.ok(Math.abs((turned.estimate ?? NaN) + estimate) < 1e-12)
    assert.ok(Math.abs((turned.interval?.low ?? NaN) + (interval?.high ?? NaN)) < 1e-12)
  }
})

test('too few pairs say how many are missing', () => {
  assert.equal(judgeDifferences([0.1, 0.2, 0.3], SETTINGS).morePairs, 2)
})

test('only what is open asks for more pairs', () => {
  assert.equal(judgeDifferences(around(10), SETTINGS).morePairs, undefined)
  assert.ok((judgeDifferences(around(0, 10), SETTINGS).morePairs ?? 0) > 10)
})

describe('the pairs that are needed', () => {
  // ((1.645 + 0.842) * 0.04 / 0.02)^2 = 24.7, with the spread 0.04 that the interval stands for.
  const half = (1.6449 * 0.04) / Math.sqrt(10)
  const so = { pairs: 10, interval: { low: -half, high: half }, margin: 0.02, confidence: 0.9 }

  test('are those of a z-test', () => assert.equal(pairsNeeded(so), 25))
  test('are four times as many for half the margin', () => {
    assert.equal(pairsNeeded({ ...so, margin: 0.01 }), 99)
  })
})
