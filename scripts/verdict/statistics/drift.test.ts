import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgeDrift, type MeasuredDrift } from './drift.ts'
import { highestRate } from './example-rate.ts'
import { createSeries, type SeriesSettings } from './example-series.ts'

function measured(windows: readonly number[], seed = 1): MeasuredDrift {
  const drift = judgeDrift(windows, { seed })
  assert(drift.outcome === 'MEASURED')
  return drift
}

/** Runs of 60 windows with 6 % of noise. */
function simulate(runs: number, settings: Partial<SeriesSettings>): MeasuredDrift[] {
  return Array.from({ length: runs }, (_, seed) =>
    measured(createSeries({ windows: 60, seed, ...settings }), seed),
  )
}

test('a steady rise is measured to its last window and is significant', () => {
  const rise = Array.from({ length: 60 }, (_, index) => 100 * 1.2 ** (index / 59))
  const { drift, interval, pHamedRao, pBlocks, significant, windows } = measured(rise)

  for (const value of [drift, interval.low, interval.high]) assert.ok(Math.abs(value - 0.2) < 1e-9)
  assert.ok(pHamedRao < 1e-9)
  assert.equal(pBlocks, 0.001)
  assert.equal(significant, true)
  assert.equal(windows, 60)
})

test('a run that never changes does not drift', () => {
  assert.deepEqual(measured(new Array<number>(60).fill(250)), {
    outcome: 'MEASURED',
    windows: 60,
    drift: 0,
    interval: { low: 0, high: 0 },
    pHamedRao: 1,
    pBlocks: 1,
    significant: false,
  })
})

test('a fall is a drift below zero', () => {
  const { drift, significant } = measured(createSeries({ windows: 60, seed: 1, drift: -0.2 }))
  assert.ok(drift < -0.1 && drift > -0.3)
  assert.equal(significant, true)
})

test('a step of one window is no drift', () => {
  const series = createSeries({ windows: 60, seed: 1 })
  series[59] = 10_000
  assert.equal(measured(series).significant, false)
})

test('the unit of the windows does not matter, and the same seed gives the same answer', () => {
  const seconds = createSeries({ windows: 60, seed: 4, drift: 0.1 })
  const first = measured(seconds)
  const second = measured(seconds.map((value) => value * 1_024))
  assert.ok(Math.abs(first.drift - second.drift) < 1e-9)
  assert.equal(first.pBlocks, second.pBlocks)
  assert.deepEqual(measured(seconds), first)
})

test('a day of windows of 10 s is judged as well', () => {
  const { drift, interval, windows } = measured(
    createSeries({ windows: 8_640, seed: 1, drift: 0.1 }),
  )
  assert.equal(windows, 8_640)
  assert.ok(interval.low < 0.1 && interval.high > 0.1, JSON.stringify(interval))
  assert.ok(Math.abs(drift - 0.1) < 0.01)
})

describe('what cannot drift has a reason', () => {
  test('too few windows', () => {
    assert.deepEqual(judgeDrift(createSeries({ windows: 59, seed: 1 }), { seed: 1 }), {
      outcome: 'NO_DATA',
      windows: 59,
      reason: '59 windows, at least 60 are needed',
    })
  })

  for (const odd of [0, -1, NaN, Infinity]) {
    test(`a window of ${odd}`, () => {
      const windows = createSeries({ windows: 60, seed: 1 })
      windows[6] = odd
      const drift = judgeDrift(windows, { seed: 1 })
      assert(drift.outcome === 'NO_DATA')
      assert.equal(drift.reason, `window 7 is ${odd}, and only positive numbers can drift`)
    })
  }
})

// 1000 runs without a drift. The limit of 8 % is for the highest true rate that 95 % confidence allows:
// up to 65 of the 1000 may be significant.
describe('without a drift, few runs are called significant', () => {
  for (const autocorrelation of [0, 0.3]) {
    test(`with an autocorrelation of ${autocorrelation}`, () => {
      const runs = simulate(1_000, { autocorrelation })
      const hits = runs.filter(({ significant }) => significant).length
      assert.ok(highestRate(hits, runs.length) <= 0.08, `${hits} of 1000`)
    })
  }

  test('which neither of the two tests achieves where windows resemble their neighbours', () => {
    const runs = simulate(1_000, { autocorrelation: 0.3 })
    const hamedRao = runs.filter(({ pHamedRao }) => pHamedRao < 0.05).length
    const blocks = runs.filter(({ pBlocks }) => pBlocks < 0.05).length
    assert.ok(hamedRao > 90, `${hamedRao} of 1000`)
    assert.ok(blocks > 65, `${blocks} of 1000`)
  })
})

describe('a drift of 20 % is found in 95 % of the runs, and measured', () => {
  for (const { autocorrelation, covered } of [
    { autocorrelation: 0, covered: 0.92 },
    { autocorrelation: 0.3, covered: 0.86 },
  ]) {
    test(`with an autocorrelation of ${autocorrelation}`, () => {
      const runs = simulate(500, { autocorrelation, drift: 0.2 })
      const found = runs.filter(({ significant }) => significant).length
      assert.ok(found >= 0.95 * runs.length, `${found} of 500`)

      const within = runs.filter(({ interval }) => interval.low <= 0.2 && interval.high >= 0.2)
      assert.ok(within.length >= covered * runs.length, `${within.length} of 500 intervals`)
      const mean = runs.reduce((sum, { drift }) => sum + drift, 0) / runs.length
      assert.ok(Math.abs(mean - 0.2) < 0.01, String(mean))
    })
  }
})

test('a drift of 10 % is found in most runs', () => {
  const runs = simulate(300, { autocorrelation: 0.3, drift: 0.1 })
  const found = runs.filter(({ significant }) => significant).length
  assert.ok(found >= 0.65 * runs.length, `${found} of 300`)
})
