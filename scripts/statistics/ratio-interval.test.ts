import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom, mixSeed, type Random } from '../../lib/random.ts'
import { type CountBlock, type RatioEstimate, ratioInterval } from './ratio-interval.ts'

const blocks = (events: readonly number[], total: number): CountBlock[] =>
  events.map((each) => ({ events: each, total }))

function estimate(counted: readonly CountBlock[]): RatioEstimate {
  const found = ratioInterval(counted)
  assert(found !== undefined)
  return found
}

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual}, expected ${expected}`)
}

// From SciPy 1.17.1, binomtest(events, total).proportion_ci(0.9, 'wilson').
describe("seconds that do not vary leave Wilson's interval", () => {
  for (const { name, events, low, high } of [
    { name: 'no failure', events: 0, low: 0, high: 0.02634272078317432 },
    {
      name: 'one failure every second',
      events: 1,
      low: 0.060718667015447224,
      high: 0.1603555096110922,
    },
    { name: 'nothing but failures', events: 10, low: 0.9736572792168257, high: 1 },
  ]) {
    test(name, () => {
      const found = estimate(blocks(new Array<number>(10).fill(events), 10))
      assert.equal(found.ratio, events / 10)
      assertNear(found.interval.low, low)
      assertNear(found.interval.high, high)
    })
  }
})

test('ten failures in one second of ten count as far fewer independent requests', () => {
  const found = estimate(blocks([0, 0, 0, 0, 10, 0, 0, 0, 0, 0], 10))
  assert.ok(
    found.interval.low < 0.025 && found.interval.high > 0.35,
    JSON.stringify(found.interval),
  )
})

test('bad seconds in a row tell less than as many that are spread', () => {
  const width = (events: readonly number[]): number => {
    const { low, high } = estimate(blocks(events, 1_000)).interval
    return high - low
  }
  const spread = Array.from({ length: 60 }, (_, second) => (second % 4 === 0 ? 150 : 50))
  const inARow = Array.from({ length: 60 }, (_, second) => (second % 60 < 15 ? 150 : 50))
  assert.ok(width(inARow) > 2 * width(spread), `${width(inARow)}, ${width(spread)}`)
})

test('what never happened and what always did is an end of the interval, to the last digit', () => {
  for (let total = 1; total <= 4_000; total += 7) {
    assert.equal(estimate(blocks([0, 0], total)).interval.low, 0)
    assert.equal(estimate(blocks([total, total], total)).interval.high, 1)
  }
})

test('without requests there is no ratio', () => {
  assert.equal(ratioInterval([]), undefined)
  assert.equal(ratioInterval(blocks([0, 0], 0)), undefined)
})

test('a single second is taken as independent requests', () => {
  assertNear(estimate(blocks([10], 100)).interval.high, 0.1603555096110922)
})

// 1000 runs of 60 s, 2 % of failures. 5 % of the truths may lie beyond each end; twice as many are let pass.
describe('each end of the interval is wrong in about 5 % of the runs', () => {
  for (const { name, failing } of [
    { name: 'when requests fail on their own', failing: () => 0.02 },
    {
      name: 'when requests fail in bursts, in one second of five',
      failing: (random: Random) => (random() < 0.2 ? 0.1 : 0),
    },
  ]) {
    test(name, () => {
      const runs = Array.from({ length: 1_000 }, (_, seed) => {
        const random = createRandom(mixSeed(seed))
        return estimate(blocks(simulateFailures(random, failing), 50))
      })
      const above = runs.filter(({ interval }) => interval.low > 0.02).length
      const below = runs.filter(({ interval }) => interval.high < 0.02).length
      assert.ok(above <= 100 && below <= 100, `${above} too high and ${below} too low of 1000`)
    })
  }
})

function simulateFailures(random: Random, failing: (random: Random) => number): number[] {
  return Array.from({ length: 60 }, () => {
    const ratio = failing(random)
    return Array.from({ length: 50 }, () => random() < ratio).filter(Boolean).length
  })
}
