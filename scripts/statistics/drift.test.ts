import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Drift, driftOf } from './theil-sen.ts'
import { createSeries, type SeriesSettings } from '../../tests/support/statistics/example-series.ts'

const drift = (values: readonly number[]): Drift =>
  driftOf(values.map((value, number) => ({ number, value })))

/** Geometric means of so many equal parts of a series. */
function windowsOf(series: readonly number[], count: number): number[] {
  const size = series.length / count
  return Array.from({ length: count }, (_, index) => {
    const part = series.slice(index * size, (index + 1) * size)
    return Math.exp(part.reduce((sum, value) => sum + Math.log(value), 0) / part.length)
  })
}

/** Runs whose seconds vary by a fifth, in 16 windows unless said otherwise. */
function simulate(settings: Partial<SeriesSettings>, windows = 16): Drift[] {
  return Array.from({ length: 400 }, (_, seed) => {
    const series = createSeries({ windows: 600, noise: 0.2, seed, ...settings })
    return drift(windowsOf(series.slice(0, series.length - (series.length % windows)), windows))
  })
}

const shareOf = (runs: readonly Drift[], is: (run: Drift) => boolean): number =>
  runs.filter(is).length / runs.length

test('a steady rise is measured from edge to edge', () => {
  const rise = Array.from({ length: 16 }, (_, index) => 100 * 1.2 ** ((index + 0.5) / 16))
  const found = drift(rise)
  for (const value of [found.drift, found.interval.low, found.interval.high]) {
    assert.ok(Math.abs(value - 0.2) < 1e-9, String(value))
  }
})

test('a run that never changes does not drift', () => {
  assert.deepEqual(drift(new Array<number>(16).fill(250)), {
    drift: 0,
    interval: { low: 0, high: 0 },
  })
})

test('a fall is a drift below zero', () => {
  const found = drift(windowsOf(createSeries({ windows: 640, seed: 1, drift: -0.2 }), 16))
  assert.ok(found.interval.high < -0.1 && found.interval.low > -0.3, JSON.stringify(found))
})

test('a last window that is a hundred times slower is no drift', () => {
  const series = windowsOf(createSeries({ windows: 640, seed: 1 }), 16)
  const before = drift(series).drift
  series[15] = 10_000
  assert.ok(Math.abs(drift(series).drift - before) < 0.03)
})

test('windows that are missing do not make it steeper', () => {
  const rise = Array.from({ length: 16 }, (_, number) => ({ number, value: 1.2 ** (number / 16) }))
  const some = rise.filter(({ number }) => number < 4 || number > 7)
  assert.ok(Math.abs(driftOf(some).drift - 0.2) < 1e-9)
})

test('the unit of the windows does not matter', () => {
  const series = createSeries({ windows: 16, seed: 4, drift: 0.1 })
  const other = drift(series.map((value) => value * 1_024))
  assert.ok(Math.abs(drift(series).drift - other.drift) < 1e-9)
})

// A limit of 10 %: FAIL by the measured value, and close where the interval holds the limit.
describe('how often a limit of 10 % is judged wrong in 10 minutes', () => {
  for (const { autocorrelation, wrong, proven } of [
    { autocorrelation: 0, wrong: 0.005, proven: 0 },
    { autocorrelation: 0.3, wrong: 0.02, proven: 0 },
    { autocorrelation: 0.7, wrong: 0.13, proven: 0.01 },
  ]) {
    test(`seconds that correlate by ${autocorrelation}`, () => {
      const steady = simulate({ autocorrelation })
      const falseFails = shareOf(steady, (run) => run.drift >= 0.1)
      assert.ok(falseFails <= wrong, `steady: ${falseFails} FAIL`)
      const clearFails = shareOf(steady, (run) => run.interval.low >= 0.1)
      assert.ok(clearFails <= proven, `steady: ${clearFails} FAIL that are not close`)

      const slower = simulate({ autocorrelation, drift: 0.2 })
      const falsePasses = shareOf(slower, (run) => run.drift < 0.1)
      assert.ok(falsePasses <= wrong, `20 % slower: ${falsePasses} PASS`)
      const clearPasses = shareOf(slower, (run) => run.interval.high < 0.1)
      assert.ok(clearPasses <= proven, `20 % slower: ${clearPasses} PASS that are not close`)
    })
  }
})

describe('the 90 % interval holds the truth', () => {
  for (const autocorrelation of [0, 0.3, 0.7, 0.9]) {
    test(`in 84 to 93 % of the runs whose seconds correlate by ${autocorrelation}`, () => {
      for (const truth of [0, 0.2]) {
        const runs = simulate({ autocorrelation, drift: truth })
        const covered = shareOf(
          runs,
          ({ interval: { low, high } }) => low <= truth && high >= truth,
        )
        assert.ok(covered >= 0.84 && covered <= 0.93, String(covered))
      }
    })
  }

  test('in fewer, with many short windows', () => {
    const runs = simulate({ autocorrelation: 0.9 }, 90)
    assert.ok(shareOf(runs, ({ interval: { low, high } }) => low <= 0 && high >= 0) < 0.72)
  })
})
