import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { baselineBand, isGoodSecond, type RunSecond } from './baseline-band.ts'
import { createSeries } from './example-series.ts'

function seconds(p95s: readonly (number | undefined)[]): RunSecond[] {
  return p95s.map((p95Ms, second) => ({ second, p95Ms, goodShare: 1, requests: 100 }))
}

const steady = new Array<number>(20).fill(200)

function bandOf(p95s: readonly number[]) {
  const band = baselineBand(seconds(p95s))
  assert(band !== undefined)
  return band
}

test('a steady target may be 10 % slower', () => {
  const { medianMs, highMs, seconds: used } = bandOf(steady)
  assert.ok(Math.abs(medianMs - 200) < 1e-9)
  assert.ok(Math.abs(highMs - 220) < 1e-9)
  assert.equal(used, 20)
})

// Half of the seconds take 100 ms and half 144 ms: the middle is 120 ms, each is 1.2 times off.
test('a target that varies may vary by three deviations', () => {
  const { medianMs, highMs } = bandOf(steady.map((_, index) => (index % 2 === 0 ? 100 : 144)))
  assert.ok(Math.abs(medianMs - 120) < 1e-9)
  assert.ok(Math.abs(highMs - 120 * 1.2 ** 3) < 1e-9)
})

test('a few slow seconds do not widen the band', () => {
  assert.ok(bandOf([...steady, 9_000, 9_000]).highMs < 221)
})

test('of the seconds of a quiet minute, 2 % or so are above its band', () => {
  const minutes = Array.from({ length: 200 }, (_, seed) =>
    createSeries({ windows: 60, seed, noise: 0.15 }),
  )
  const above = minutes.flatMap((minute) => {
    const { highMs } = bandOf(minute)
    return minute.filter((p95Ms) => p95Ms > highMs)
  })
  const ratio = above.length / (200 * 60)
  assert.ok(ratio > 0.01 && ratio < 0.04, String(ratio))
})

describe('no band is made from', () => {
  test('19 seconds', () => assert.equal(baselineBand(seconds(steady.slice(1))), undefined))

  test('seconds without a request that succeeded', () => {
    assert.equal(baselineBand(seconds([...steady.slice(1), undefined, undefined])), undefined)
  })

  test('seconds in which over 5 % failed', () => {
    const failing = seconds(steady).map((second) => ({ ...second, goodShare: 0.94 }))
    assert.equal(baselineBand(failing), undefined)
  })
})

describe('a second is', () => {
  const band = { medianMs: 200, highMs: 220, seconds: 60 }
  const second: RunSecond = { second: 1, p95Ms: 220, goodShare: 0.95, requests: 10 }
  for (const [name, changed, expected] of [
    ['good on the edge of the band', {}, true],
    ['good when it is faster than ever', { p95Ms: 1 }, true],
    ['bad when it is slower', { p95Ms: 220.1 }, false],
    ['bad when over 5 % failed', { goodShare: 0.94 }, false],
    ['bad without requests', { requests: 0 }, false],
    ['bad when none succeeded', { p95Ms: undefined }, false],
  ] as const) {
    test(name, () => assert.equal(isGoodSecond({ ...second, ...changed }, band), expected))
  }
  test('bad when nothing was recorded', () => assert.equal(isGoodSecond(undefined, band), false))
})
