// How often each way of comparing calls two sides different, on real runs of one unchanged server.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { studentTQuantile } from '../statistics/normal.ts'
import { onScale } from '../statistics/difference-scale.ts'
import {
  interleavedPairs,
  logRatios,
  type Percentile,
  sequentialBlocks,
  shareOf,
  type SidesOfPairs,
} from '../../tests/support/compare/example-aa.ts'
import { CONFIDENCE, judgeDifferences } from '../pairs/judge-differences.ts'
import { parsePairs } from '../pairs/pairs-plan.ts'

const MARGIN = 0.02

/** Of all comparisons of equal sides, at most so many may be called a REGRESSION. */
const FALSE_ALARMS_MAX = 0.05

const PERCENTILES: readonly Percentile[] = ['p50Ms', 'p95Ms']

function verdictOf(sides: SidesOfPairs, factor = 1, confidence = CONFIDENCE): string {
  const settings = { margin: onScale('ratio', MARGIN), confidence }
  return judgeDifferences(logRatios(sides, factor), settings).verdict
}

describe('interleaved pairs', () => {
  for (const of of PERCENTILES) {
    for (const pairs of [5, 6, 10, 15]) {
      const cases = interleavedPairs(of, pairs)

      test(`${pairs} of them call no change of ${of} a regression in more than 5 %`, () => {
        assert.ok(cases.length > 1_000)
        const alarms = shareOf(cases, (sides) => verdictOf(sides) === 'REGRESSION')
        assert.ok(alarms <= FALSE_ALARMS_MAX, String(alarms))
      })

      test(`${pairs} of them call no change of ${of} an improvement in more than 5 %`, () => {
        const alarms = shareOf(cases, (sides) => verdictOf(sides) === 'IMPROVED')
        assert.ok(alarms <= FALSE_ALARMS_MAX, String(alarms))
      })
    }
  }

  test('both gates together end with 99 in at most 3 %, and with 0 in all other cases', () => {
    for (const pairs of [5, 6, 10, 15]) {
      const medians = interleavedPairs('p50Ms', pairs)
      const tails = interleavedPairs('p95Ms', pairs)
      const both = medians.map((sides, index) =>
        [sides, tails[index] ?? sides].map((each) => verdictOf(each)),
      )
      const alarms = shareOf(both, (gates) => gates.includes('REGRESSION'))
      assert.ok(alarms <= 0.03, `${pairs} pairs: ${alarms}`)
      const ends = new Set(both.flat())
      assert.deepEqual([...ends].sort(), ['IMPROVED', 'NO_DIFFERENCE', 'REGRESSION'])
    }
  })

  test('looking three times, as --pairs auto does, stays below 5 %', () => {
    const { looks, confidence } = parsePairs('auto')
    for (const of of PERCENTILES) {
      const cases = interleavedPairs(of, looks.at(-1) ?? 0)
      const alarms = shareOf(cases, (sides) =>
        looks.some((pairs) => verdictOf(firstOf(sides, pairs), 1, confidence) === 'REGRESSION'),
      )
      assert.ok(alarms <= FALSE_ALARMS_MAX, `${of}: ${alarms}`)
    }
  })
})

describe('a change that is there', () => {
  const found = (pairs: number, factor: number, verdict: string): number =>
    shareOf(interleavedPairs('p50Ms', pairs), (sides) => verdictOf(sides, factor) === verdict)

  test('of 20 % in the median is found by 10 pairs in 80 % of the cases', () => {
    assert.ok(found(10, 1.2, 'REGRESSION') >= 0.8)
  })

  test('in the other direction it is found as often', () => {
    assert.ok(found(10, 1 / 1.2, 'IMPROVED') >= 0.8)
  })

  test('is found more often the larger it is, and the more pairs there are', () => {
    const table = [1, 1.05, 1.1, 1.2, 1.4].map((factor) =>
      [6, 10, 15].map((pairs) => found(pairs, factor, 'REGRESSION')),
    )
    table.forEach((row, index) => {
      const smaller = table[index - 1]
      row.forEach((share, place) => {
        assert.ok(share >= (smaller?.[place] ?? 0), JSON.stringify(table))
      })
      if (index > 0) assert.ok((row[2] ?? 0) >= (row[0] ?? 1), JSON.stringify(table))
    })
  })
})

// Whoever finds pairs too slow is tempted by one of these. Each calls too many equal sides different.
describe('simpler ways do not pass the same test', () => {
  for (const of of PERCENTILES) {
    test(`one run of ${of} against one, each over the same margin`, () => {
      const alarms = shareOf(interleavedPairs(of, 1), (sides) =>
        logRatios(sides).some((ratio) => ratio > Math.log1p(MARGIN)),
      )
      assert.ok(alarms > 4 * FALSE_ALARMS_MAX, String(alarms))
    })

    test(`one run of ${of} against one, with a margin of 5 %`, () => {
      const alarms = shareOf(interleavedPairs(of, 1), (sides) =>
        logRatios(sides).some((ratio) => ratio > Math.log(1.05)),
      )
      assert.ok(alarms > 2 * FALSE_ALARMS_MAX, String(alarms))
    })

    for (const pairs of [6, 10, 15]) {
      test(`Welch's t-test of ${pairs} runs of ${of} and then ${pairs} others`, () => {
        const alarms = shareOf(sequentialBlocks(of, pairs), isSlowerByWelch)
        assert.ok(alarms > FALSE_ALARMS_MAX, String(alarms))
      })
    }
  }
})

function firstOf({ baseline, candidate }: SidesOfPairs, pairs: number): SidesOfPairs {
  return { baseline: baseline.slice(0, pairs), candidate: candidate.slice(0, pairs) }
}

/** Welch's one-sided t-test of the logarithms at 5 % (Biometrika 34, 1947). */
function isSlowerByWelch({ baseline, candidate }: SidesOfPairs): boolean {
  const [before, now] = [baseline, candidate].map((values) => {
    const logs = values.map(Math.log)
    const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length
    const squares = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0)
    return { mean, variance: squares / (logs.length - 1) / logs.length, freedom: logs.length - 1 }
  })
  if (!before || !now) throw new Error('Expected two sides')
  const variance = before.variance + now.variance
  const freedom =
    variance ** 2 / (before.variance ** 2 / before.freedom + now.variance ** 2 / now.freedom)
  return (now.mean - before.mean) / Math.sqrt(variance) > studentTQuantile(0.95, freedom)
}
