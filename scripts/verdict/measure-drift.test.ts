import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { judgeRaw, measureRaw, openExample } from './example-judging.ts'
import { type ExampleSample, requests } from './example-recording.ts'
import type { MeasuredWindows } from './measurement.ts'
import { createSeries, normal } from './statistics/example-series.ts'

const DRIFT = { indicator: { drift: 'latency.p50' }, limit: '< 10%' }

/** 2,400 requests of the hold phase, around 100 ms at its start and `1 + drift` times that at its end. */
function drifting(drift: number): ExampleSample[] {
  const random = createRandom(11)
  return requests({
    from: 30,
    to: 90,
    perSecond: 40,
    durationMs: (at) => {
      return 100 * Math.exp((Math.log1p(drift) * (at - 30)) / 60 + 0.3 * normal(random))
    },
  })
}

describe('a drift that was planted is found, and where there is none, none is', () => {
  const cases: [drift: number, verdict: string][] = [
    [0, 'PASS'],
    [0.05, 'MARGINAL'],
    [0.5, 'FAIL'],
    [1, 'FAIL'],
    [-0.3, 'PASS'],
  ]
  for (const [drift, verdict] of cases) {
    test(`${drift * 100} %: ${verdict}`, async (t) => {
      const [row] = await judgeRaw(await openExample(t, { samples: drifting(drift) }), DRIFT)
      const { measured = NaN, interval = { low: NaN, high: NaN } } = row ?? {}
      assert.equal(row?.verdict, verdict, `${measured}, ${JSON.stringify(interval)}`)
      assert.ok(Math.abs((1 + measured) / (1 + drift) - 1) < 0.06, String(measured))
      assert.ok(interval.low <= measured && measured <= interval.high)
    })
  }
})

test('only the time of constant load is looked at, and expected responses', async (t) => {
  const samples = [
    ...drifting(0),
    ...requests({ from: 10, to: 30, perSecond: 40, durationMs: (at) => at * 100 }),
    ...requests({ from: 60, to: 90, perSecond: 40, durationMs: 5_000, status: 500 }),
  ]
  const measured = await measureRaw(await openExample(t, { samples }), DRIFT)
  const alone = await measureRaw(await openExample(t, { samples: drifting(0) }), DRIFT)
  assert.deepEqual([measured.samples, measured.value], [alone.samples, alone.value])
  assert.ok(measured.samples > 2_350 && measured.samples <= 2_400, String(measured.samples))
})

test('its windows are latencies, so none of them misses the limit of the drift', async (t) => {
  const { windows, details } = await measureRaw(
    await openExample(t, { samples: drifting(0) }),
    DRIFT,
  )
  assert.equal(windows, undefined)
  const course = (details as { windows: MeasuredWindows }).windows
  assert.ok(Math.abs(course.lengthSeconds - 60 / 90) < 1e-6)
  assert.ok(course.values.length === 90)
  assert.ok(course.values.every(({ value }) => value > 50 && value < 200))
})

test('the same seed gives the same numbers again', async (t) => {
  const context = await openExample(t, { samples: drifting(0.04) })
  const { value, interval, details } = await measureRaw(context, DRIFT)
  const again = await measureRaw(context, DRIFT)
  assert.deepEqual([again.value, again.interval, again.details], [value, interval, details])
})

// Of this series one test says that it rises, and the other that it may as well not: neighbours resemble
// each other.
test('what only one of two tests finds may be noise, and its interval says so', async (t) => {
  const series = createSeries({ windows: 90, seed: 579, autocorrelation: 0.7 })
  const phases = [
    { name: 'ramp-up', startSeconds: 0, endSeconds: 10, target: 100 },
    { name: 'hold', startSeconds: 10, endSeconds: 55, target: 100 },
  ]
  const durationMs = (_: number, index: number): number => series[Math.floor(index / 20)] ?? NaN
  const samples = requests({ from: 10, to: 55, perSecond: 40, durationMs })
  const context = await openExample(t, { samples, plan: { phases } })
  const [row] = await judgeRaw(context, { ...DRIFT, limit: '< 1%' })
  const { significant, windows } = row?.details as {
    significant: boolean
    windows: MeasuredWindows
  }
  assert.equal(windows.values.length, 90)
  assert.equal(significant, false)
  assert.ok((row?.measured ?? 0) > 0.05)
  assert.deepEqual([row?.verdict, row?.interval?.low], ['FAIL', 0])
})

describe('what cannot be said', () => {
  test('a run of ramps has no constant load', async (t) => {
    const plan = {
      phases: [{ name: 'ramp-up', startSeconds: 0, endSeconds: 90, target: 100 }],
    }
    // A plan of one phase is level; of two it begins at zero.
    plan.phases.push({ name: 'hold', startSeconds: 90, endSeconds: 90.5, target: 100 })
    const [row] = await judgeRaw(await openExample(t, { samples: drifting(1), plan }), DRIFT)
    assert.deepEqual(
      [row?.verdict, row?.reason],
      ['NO_DATA', '0 windows, at least 60 are needed of constant load'],
    )
  })

  test('too few requests make too few windows', async (t) => {
    const samples = requests({ from: 30, to: 90, perSecond: 15 })
    const [row] = await judgeRaw(await openExample(t, { samples }), DRIFT)
    assert.equal(row?.verdict, 'NO_DATA')
    assert.match(row.reason ?? '', /^\d\d windows, at least 60 are needed/)
  })
})
