import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { onScale } from '../statistics/difference-scale.ts'
import {
  type ComparisonVerdict,
  CONFIDENCE,
  judgeDifferences,
  pairsNeeded,
} from './judge-differences.ts'

const SETTINGS = { margin: onScale('ratio', 0.02), confidence: CONFIDENCE }

/** Six differences around a middle, 0.1 % apart. */
function around(percent: number, stepPercent = 0.1): number[] {
  return [-2, -1, 0, 0, 1, 2].map((step) => Math.log1p((percent + step * stepPercent) / 100))
}

describe('the whole interval decides', () => {
  for (const { title, differences, verdict } of [
    { title: '10 % more', differences: around(10), verdict: 'REGRESSION' },
    { title: '10 % less', differences: around(-10), verdict: 'IMPROVED' },
    { title: 'no difference', differences: around(0), verdict: 'NO_DIFFERENCE' },
    { title: 'less than the margin', differences: around(1.5), verdict: 'NO_DIFFERENCE' },
    { title: 'the margin itself', differences: around(2), verdict: 'NO_DIFFERENCE' },
    { title: 'just more than the margin', differences: around(2.5), verdict: 'REGRESSION' },
    { title: 'a wide interval around 0', differences: around(0, 10), verdict: 'NO_DIFFERENCE' },
    {
      title: 'much more in one pair of ten',
      differences: [...around(0), 0, 0, 0, 3],
      verdict: 'NO_DIFFERENCE',
    },
    { title: 'fewer than five pairs', differences: [1, 1, 1, 1], verdict: 'NO_DATA' },
    { title: 'no pair', differences: [], verdict: 'NO_DATA' },
  ]) {
    test(`${title}: ${verdict}`, () => {
      assert.equal(judgeDifferences(differences, SETTINGS).verdict, verdict)
    })
  }
})

describe('a bound that was asked for', () => {
  const proof = { ...SETTINGS, atMost: onScale('ratio', 0.2) }
  for (const { title, differences, verdict } of [
    { title: 'above the interval', differences: around(0, 5), verdict: 'NO_DIFFERENCE' },
    { title: 'inside of the interval', differences: around(0, 30), verdict: 'NOT_PROVEN' },
    { title: 'above a regression', differences: around(10), verdict: 'REGRESSION' },
    { title: 'above what is faster', differences: around(-10), verdict: 'IMPROVED' },
    { title: 'without enough pairs', differences: [0, 0, 0, 0], verdict: 'NO_DATA' },
  ]) {
    test(`${title}: ${verdict}`, () => {
      assert.equal(judgeDifferences(differences, proof).verdict, verdict)
    })
  }
})

const OTHER_WAY: Partial<Record<ComparisonVerdict, ComparisonVerdict>> = {
  REGRESSION: 'IMPROVED',
  IMPROVED: 'REGRESSION',
  NO_DIFFERENCE: 'NO_DIFFERENCE',
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

test('the pairs that are needed have an interval, and one pair fewer has none', () => {
  for (const confidence of [CONFIDENCE, 1 - 0.1 / 3, 0.99]) {
    const settings = { ...SETTINGS, confidence }
    const of = (pairs: number) => judgeDifferences(new Array<number>(pairs).fill(0), settings)
    assert.equal(of(pairsNeeded(confidence)).verdict, 'NO_DIFFERENCE')
    assert.equal(of(pairsNeeded(confidence) - 1).verdict, 'NO_DATA')
  }
})
