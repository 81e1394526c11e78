import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { RunSecond } from './baseline-band.ts'
import { createSeries } from './example-series.ts'
import { quantile } from './quantile.ts'
import { measureRecovery, type Recovery } from './recovery.ts'

const BASELINE = { startSecond: 0, endSecond: 60 }
const OUTAGE = { startSecond: 60, endSecond: 90 }

/** A run with 100 ms of p95, but where `slow` says how many times that. */
function run(length: number, slow: (second: number) => number = () => 1): RunSecond[] {
  return Array.from({ length }, (_, second) => ({
    second,
    p95Ms: 100 * slow(second),
    goodShare: 1,
    requests: 50,
  }))
}

const during = (start: number, end: number, factor: number) => (second: number) =>
  second >= start && second < end ? factor : 1

const recover = (seconds: readonly RunSecond[]) =>
  measureRecovery({ seconds, baseline: BASELINE, disturbance: OUTAGE })

function recovered(seconds: readonly RunSecond[]): Recovery & { outcome: 'RECOVERED' } {
  const recovery = recover(seconds)
  assert(recovery.outcome === 'RECOVERED')
  return recovery
}

test('time counts from the end of the outage to the first of five good seconds', () => {
  // Slow from 62 to 97, three times as slow as usual.
  const { band, ...rest } = recovered(run(120, during(62, 98, 3)))

  assert.deepEqual(rest, {
    outcome: 'RECOVERED',
    recoverySeconds: 8,
    detectedSecond: 62,
    peakRatio: rest.peakRatio,
    excessRatioSeconds: rest.excessRatioSeconds,
  })
  assert.ok(Math.abs((rest.peakRatio ?? 0) - 3) < 1e-9)
  // 36 seconds with 200 % too much.
  assert.ok(Math.abs(rest.excessRatioSeconds - 72) < 1e-9)
  assert.ok(Math.abs(band.highMs - 110) < 1e-9)
})

test('four good seconds in a row are no recovery', () => {
  const { recoverySeconds } = recovered(run(120, (second) => (second === 94 ? 2 : 1)))
  assert.equal(recoverySeconds, 5)
  assert.equal(recovered(run(120, (second) => (second === 95 ? 2 : 1))).recoverySeconds, 0)
})

test('a target that does not notice recovers at once', () => {
  const { recoverySeconds, detectedSecond, excessRatioSeconds } = recovered(run(120))
  assert.equal(recoverySeconds, 0)
  assert.equal(detectedSecond, undefined)
  assert.equal(excessRatioSeconds, 0)
})

test('a slow second long after the recovery is not the outage', () => {
  assert.equal(recovered(run(120, during(110, 111, 9))).detectedSecond, undefined)
})

describe('latency is not all', () => {
  test('fast failures are no recovery', () => {
    const seconds = run(120).map((each) =>
      each.second >= 60 && each.second < 100 ? { ...each, goodShare: 0.9 } : each,
    )
    assert.equal(recovered(seconds).recoverySeconds, 10)
  })

  test('silence is no recovery, whether it is recorded or missing', () => {
    const isSilent = ({ second }: RunSecond) => second >= 70 && second < 97
    const missing = run(120).filter((each) => !isSilent(each))
    const recorded = run(120).map((each) =>
      isSilent(each) ? { ...each, p95Ms: undefined, requests: 0 } : each,
    )
    for (const seconds of [missing, recorded]) {
      const { recoverySeconds, detectedSecond } = recovered(seconds)
      assert.equal(recoverySeconds, 7)
      assert.equal(detectedSecond, 70)
    }
  })

  test('an outage in which nothing succeeded has no peak', () => {
    const seconds = run(120).map((each) =>
      each.second >= 60 && each.second < 90 ? { ...each, p95Ms: undefined, goodShare: 0 } : each,
    )
    assert.equal(recovered(seconds).peakRatio, undefined)
  })
})

test('a target that stays slow is NOT_RECOVERED, and that is said of the seconds seen', () => {
  const recovery = recover(run(150, during(60, 150, 1.2)))
  assert(recovery.outcome === 'NOT_RECOVERED')
  assert.equal(recovery.observedSeconds, 60)
  assert.equal(recovery.detectedSecond, 60)
})

test('the order of the seconds does not matter', () => {
  const seconds = run(120, during(62, 98, 3))
  assert.deepEqual(recover([...seconds].reverse()), recover(seconds))
})

describe('what cannot be told has a reason', () => {
  test('too short a baseline', () => {
    const baseline = { startSecond: 41, endSecond: 60 }
    const seconds = run(120)
    assert.deepEqual(measureRecovery({ seconds, baseline, disturbance: OUTAGE }), {
      outcome: 'NO_DATA',
      reason: 'the baseline has fewer than 20 good seconds',
    })
  })

  test('a run that ends with the outage', () => {
    assert.deepEqual(recover(run(94)), {
      outcome: 'NO_DATA',
      reason: 'the run ended 4 s after the disturbance, at least 5 s are needed',
    })
  })
})

// A backlog keeps the target slow for 15 s after an outage of 30 s, ever less so.
describe('on simulated runs the error is within 2 s', () => {
  for (const { noise, share } of [
    { noise: 0.03, share: 0.99 },
    { noise: 0.15, share: 0.85 },
  ]) {
    test(`in ${share * 100} % of them, where single seconds vary by ${noise * 100} %`, () => {
      const errors = Array.from({ length: 200 }, (_, seed) => {
        const noisy = createSeries({ windows: 160, seed, noise })
        const slow = (second: number) => (second < 90 ? during(60, 90, 6)(second) : backlog(second))
        const seconds = run(160, slow).map((each) => ({
          ...each,
          p95Ms: (each.p95Ms ?? 0) * ((noisy[each.second] ?? NaN) / 100),
          goodShare: each.second >= 60 && each.second < 90 ? 0.5 : 1,
        }))
        return Math.abs(recovered(seconds).recoverySeconds - 15)
      })
      assert.ok(quantile(errors, share) <= 2, `${quantile(errors, share)} s`)
    })
  }
})

function backlog(second: number): number {
  return second < 105 ? 2 + (105 - second) / 5 : 1
}
