import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom, mixSeed } from '../../lib/random.ts'
import { normal } from '../../tests/support/statistics/example-series.ts'
import { quantile } from './quantile.ts'
import { measureRecovery, type Moment, type Recovery } from './recovery.ts'

const BASELINE = { start: 0, end: 60 }
const RECOVERY = { start: 90, end: 150 }

const recover = (moments: readonly Moment[], recovery = RECOVERY): Recovery =>
  measureRecovery({ moments, baseline: BASELINE, recovery, leastWindow: 5 })

/** A run of 50 requests/s, one in twenty-five slow, but where `slow` says another share. */
function run(slow: (second: number) => number = () => 0.04): Moment[] {
  return Array.from({ length: 150 }, (_, moment) => {
    return { moment, requests: 50, slow: 50 * slow(moment) }
  })
}

const during =
  (start: number, end: number, share = 1) =>
  (second: number): number =>
    second >= start && second < end ? share : 0.04

function after(found: Recovery): number | undefined {
  return found.outcome === 'RECOVERED' ? found.after : undefined
}

test('time counts from the end of the disturbance to the first moment that is as before', () => {
  assert.equal(after(recover(run(during(62, 98)))), 8)
  assert.equal(after(recover(run())), 0)
})

test('what was slow before stays usual', () => {
  const found = recover(run(() => 0.2))
  assert(found.outcome === 'RECOVERED')
  assert.ok(Math.abs(found.usual.share - 0.2) < 1e-9)
  assert.equal(found.after, 0)
})

test('a share up to 8 % is as before, and more is not', () => {
  assert.equal(after(recover(run(during(60, 150, 0.08)))), 0)
  assert.equal(recover(run(during(60, 150, 0.1))).outcome, 'NOT_RECOVERED')
})

test('a relapse later on is no recovery', () => {
  assert.equal(
    after(recover(run((second) => Math.max(during(62, 98)(second), during(120, 130)(second))))),
    40,
  )
})

test('silence is no recovery, whether it is recorded or missing, also up to the end', () => {
  const isSilent = ({ moment }: Moment): boolean => moment >= 70 && moment < 97
  const missing = run().filter((each) => !isSilent(each))
  const recorded = run().map((each) => (isSilent(each) ? { ...each, requests: 0, slow: 0 } : each))
  assert.equal(after(recover(missing)), 7)
  assert.equal(after(recover(recorded)), 7)
  assert.equal(recover(run().filter(({ moment }) => moment < 93)).outcome, 'NOT_RECOVERED')
})

test('a second without a request is no silence where requests are few', () => {
  const few = run()
    .filter(({ moment }) => moment % 5 !== 0)
    .map((each) => ({ ...each, requests: 4, slow: 0 }))
  assert.equal(after(recover(few)), 0)
})

test('the order of the moments does not matter', () => {
  const moments = run(during(62, 98))
  assert.deepEqual(recover([...moments].reverse()), recover(moments))
})

test('a target that is never as before says of how many moments', () => {
  const found = recover(run(during(60, 150, 0.5)))
  assert.deepEqual(
    [found.outcome, found.outcome === 'NOT_RECOVERED' && found.observed],
    ['NOT_RECOVERED', 60],
  )
})

test('too few requests before it, or too little time after it, are reported', () => {
  const tiny = run().map((each) => (each.moment < 60 ? { ...each, requests: 0, slow: 0 } : each))
  assert.deepEqual(recover(tiny), { outcome: 'NO_BASELINE', served: 0, needed: 20 })
  const failing = run((second) => (second < 60 ? 1 : 0.04))
  assert.deepEqual(recover(failing), { outcome: 'NO_BASELINE', served: 0, needed: 20 })
  const short = { start: 90, end: 94 }
  assert.deepEqual(recover(run(), short), { outcome: 'TOO_SHORT', observed: 4, needed: 5 })
})

interface Simulation {
  perSecond: number
  /** Standard deviation of the logarithms of single seconds. */
  noise: number
  /** How many times as slow, by the seconds since the end of the spike; before it, it is negative. */
  slow: (second: number) => number
  baselineSeconds?: number
  recoverySeconds?: number
}

/** Requests at random times, lognormal by 0.5, on seconds that vary. */
function simulate(seed: number, settings: Simulation): Recovery {
  const { perSecond, noise, slow, baselineSeconds = 60, recoverySeconds = 130 } = settings
  const random = createRandom(mixSeed(seed))
  const momentSeconds = Math.min(1, baselineSeconds / 24)
  const spanOf = (seconds: number, from: number): number[][] =>
    Array.from({ length: Math.round(seconds / momentSeconds) }, (_, index) => {
      const level = 100 * slow(from + index * momentSeconds) * Math.exp(noise * normal(random))
      const times: number[] = []
      const next = (at: number): number => at - Math.log(1 - random()) / (perSecond * momentSeconds)
      for (let at = next(0); at < 1; at = next(at))
        times.push(level * Math.exp(0.5 * normal(random)))
      return times
    })
  const before = spanOf(baselineSeconds, -Infinity)
  const later = spanOf(recoverySeconds, 0)
  const slowAbove = quantile(before.flat(), 0.95)
  const moments = [...before, ...later].map((times, moment) => {
    return { moment, requests: times.length, slow: times.filter((ms) => ms > slowAbove).length }
  })
  return measureRecovery({
    moments,
    baseline: { start: 0, end: before.length },
    recovery: { start: before.length, end: moments.length },
    leastWindow: 5,
  })
}

const RUNS = 200

function shareOf(settings: Simulation, is: (found: Recovery) => boolean): number {
  const found = Array.from({ length: RUNS }, (_, seed) => simulate(seed, settings))
  return found.filter(is).length / RUNS
}

const isLost = ({ outcome }: Recovery): boolean => outcome === 'NOT_RECOVERED'
const afterSpike = (factor: number) => (second: number) => (second >= 0 ? factor : 1)

describe('a target that stays 1.5 times as slow is found', () => {
  for (const { perSecond, noise, least } of [
    { perSecond: 5, noise: 0.05, least: 0.94 },
    { perSecond: 10, noise: 0.05, least: 0.94 },
    { perSecond: 20, noise: 0.05, least: 0.96 },
    { perSecond: 5, noise: 0.25, least: 0.75 },
    { perSecond: 20, noise: 0.25, least: 0.5 },
  ]) {
    test(`in ${100 * least} % or more at ${perSecond}/s, with ${100 * noise} % of noise`, () => {
      const found = shareOf({ perSecond, noise, slow: afterSpike(1.5) }, isLost)
      assert.ok(found >= least, String(found))
    })
  }
})

test('a target that stays twice as slow is found in 99 % or more, with 25 % of noise', () => {
  for (const perSecond of [5, 20]) {
    const found = shareOf({ perSecond, noise: 0.25, slow: afterSpike(2) }, isLost)
    assert.ok(found >= 0.99, `${perSecond}/s: ${found}`)
  }
})

test('a sound target is called NOT_RECOVERED in 1 % or less', () => {
  for (const perSecond of [5, 20]) {
    for (const noise of [0.05, 0.25]) {
      const wrong = shareOf({ perSecond, noise, slow: () => 1 }, isLost)
      assert.ok(wrong <= 0.01, `${perSecond}/s, noise ${noise}: ${wrong}`)
    }
  }
})

test('the time of a recovery of 15 s is right to 3 s in nine of ten, and to 1 s from 20/s on', () => {
  for (const { perSecond, error } of [
    { perSecond: 5, error: 3 },
    { perSecond: 20, error: 1 },
  ]) {
    const slow = (second: number): number => (second >= 0 && second < 15 ? 3 : 1)
    const right = shareOf({ perSecond, noise: 0.05, slow }, (found) => {
      return Math.abs((after(found) ?? Infinity) - 15) <= error
    })
    assert.ok(right >= 0.9, `${perSecond}/s: ${right}`)
  }
})

test('six seconds of baseline and 13 of recovery show a target that stays three times as slow', () => {
  const short = { noise: 0.05, baselineSeconds: 6, recoverySeconds: 13 }
  for (const perSecond of [8, 20, 60]) {
    const found = shareOf({ ...short, perSecond, slow: afterSpike(3) }, isLost)
    assert.ok(found >= 0.97, `${perSecond}/s: ${found}`)
    const wrong = shareOf({ ...short, perSecond, slow: () => 1 }, isLost)
    assert.ok(wrong <= 0.01, `${perSecond}/s: ${wrong} wrong`)
  }
})
