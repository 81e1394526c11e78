import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom } from '../../lib/random.ts'
import { judgeRaw, measureRaw, openExample } from '../../tests/support/verdict/example-judging.ts'
import { type ExampleSample, requests } from '../../tests/support/verdict/example-recording.ts'
import { judgementOf } from '../verdict/rules/judge-objective.ts'
import type { DriftDetails } from './drift.ts'
import { reason } from '../reasons/reasons.ts'
import { verdictText } from '../verdict/verdict.ts'
import { normal } from '../../tests/support/statistics/example-series.ts'

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
    [0.07, 'PASS (close)'],
    [0.5, 'FAIL'],
    [1, 'FAIL'],
    [-0.3, 'PASS'],
  ]
  for (const [drift, verdict] of cases) {
    test(`${drift * 100} %: ${verdict}`, async (t) => {
      const [row] = await judgeRaw(await openExample(t, { samples: drifting(drift) }), DRIFT)
      const { measured = NaN, interval = { low: NaN, high: NaN } } = row ?? {}
      const judgement = row && judgementOf(row)
      assert.equal(judgement && verdictText(judgement), verdict, JSON.stringify(interval))
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
  const course = details as DriftDetails
  assert.equal(course.lengthSeconds, 60 / 16)
  assert.equal(course.windows.length, 16)
  assert.ok(course.windows.every(({ value }) => value > 90 && value < 110))
})

test('a run of 40 users has enough requests for the drift of its p95', async (t) => {
  const samples = requests({ from: 30, to: 90, perSecond: 55 })
  const context = await openExample(t, { samples })
  const { value } = await measureRaw(context, { ...DRIFT, indicator: { drift: 'latency.p95' } })
  assert.equal(value, 0)
})

test('a window with too few requests is left out, and the others keep their places', async (t) => {
  const samples = [
    ...requests({ from: 30, to: 60, perSecond: 40, durationMs: 100 }),
    ...requests({
      from: 72,
      to: 90,
      perSecond: 40,
      durationMs: (at) => 100 * (1 + (at - 72) / 18),
    }),
  ]
  const { value, details } = await measureRaw(await openExample(t, { samples }), DRIFT)
  const { windows } = details as DriftDetails
  assert.ok(windows.length >= 12 && windows.length < 16, String(windows.length))
  assert.ok((value ?? 0) > 0, String(value))
})

describe('what cannot be said', () => {
  test('a run of ramps has no constant load', async (t) => {
    const plan = {
      phases: [{ name: 'ramp-up', startSeconds: 0, endSeconds: 90, target: 100 }],
    }
    // A plan of one phase is level; of two it begins at zero.
    plan.phases.push({ name: 'hold', startSeconds: 90, endSeconds: 90.5, target: 100 })
    const [row] = await judgeRaw(await openExample(t, { samples: drifting(1), plan }), DRIFT)
    const data = { windows: 0, of: 16, needed: 12 }
    assert.equal(row?.verdict, 'NO_DATA')
    assert.deepEqual(row.reason, reason('TOO_FEW_DRIFT_WINDOWS', data))
  })

  test('too few requests make too few windows', async (t) => {
    const samples = requests({ from: 30, to: 90, perSecond: 5 })
    const [row] = await judgeRaw(await openExample(t, { samples }), DRIFT)
    assert.deepEqual([row?.verdict, row?.reason?.code], ['NO_DATA', 'TOO_FEW_DRIFT_WINDOWS'])
  })
})
