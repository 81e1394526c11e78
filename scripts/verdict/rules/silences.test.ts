import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom, mixSeed } from '../../../lib/random.ts'
import { type BusySecond, findSilences, type Silence } from './silences.ts'
import type { TimedPhase } from '../../indicators/timeline.ts'

function phase(seconds: number, fromTarget = 10, target = fromTarget): TimedPhase {
  return { name: 'hold', startUs: 0, endUs: seconds * 1e6, fromTarget, target }
}

/** What SQL makes of moments, in seconds. */
function busyOf(moments: readonly number[]): BusySecond[] {
  const seconds: BusySecond[] = []
  for (const at of [...moments].sort((one, next) => one - next)) {
    const [second, us] = [Math.floor(at), at * 1e6]
    const last = seconds.at(-1)
    if (last?.second !== second) seconds.push({ second, count: 1, firstUs: us, lastUs: us })
    else Object.assign(last, { count: last.count + 1, lastUs: us })
  }
  return seconds
}

function silencesOf(moments: readonly number[], timeline: TimedPhase[]): Silence[] {
  const endUs = timeline.at(-1)?.endUs ?? 0
  return findSilences(busyOf(moments), timeline, { startUs: 0, endUs })
}

/** Independent events. */
function poisson(seed: number, perSecond: number, seconds: number): number[] {
  const random = createRandom(mixSeed(seed, 3))
  const moments: number[] = []
  for (let at = 0; ;) {
    at -= Math.log(1 - random()) / perSecond
    if (at >= seconds) return moments
    moments.push(at)
  }
}

describe('a silence is found to the microsecond, whatever the rate', () => {
  for (const perSecond of [2, 20, 200]) {
    for (const length of [2, 5, 10, 20, 30]) {
      const isDue = perSecond * length >= 20
      test(`${length} s of 80 at ${perSecond}/s: ${isDue ? 'found' : 'too short'}`, () => {
        const moments = poisson(length, perSecond, 80).filter((at) => at < 31 || at > 31 + length)
        const [found, ...others] = silencesOf(moments, [phase(80)])
        assert.deepEqual(others, [])
        assert.equal(found !== undefined, isDue)
        if (!found) return
        const before = Math.max(...moments.filter((at) => at < 31))
        const after = Math.min(...moments.filter((at) => at > 31))
        assert.deepEqual([found.startUs, found.endUs], [before * 1e6, after * 1e6])
        assert.ok(found.expected > 0.5 * perSecond * length, String(found.expected))
      })
    }
  }
})

test('several silences hide none of each other', () => {
  const moments = poisson(1, 50, 60).filter((at) => at % 12 > 2)
  assert.equal(silencesOf(moments, [phase(60)]).length, 5)
})

test('a silence until the end is one, also where it is most of the time', () => {
  const moments = poisson(1, 50, 20)
  const [found] = silencesOf(moments, [phase(80)])
  assert.deepEqual([found?.startUs, found?.endUs], [Math.max(...moments) * 1e6, 80e6])
})

test('a phase in which nothing happened at all is measured by the one before', () => {
  const timeline = [phase(20), { ...phase(20), name: 'next', startUs: 20e6, endUs: 30e6 }]
  assert.equal(silencesOf(poisson(1, 50, 20), timeline).length, 1)
})

test('at the start of a ramp from nothing little is due', () => {
  const random = createRandom(5)
  // The rate grows from 0 to 40/s in 40 s.
  const moments = Array.from({ length: 800 }, () => 40 * Math.sqrt(random())).sort((a, b) => a - b)
  assert.deepEqual(silencesOf(moments, [phase(40, 0, 40)]), [])
  const late = moments.filter((at) => at < 30 || at > 33)
  assert.equal(silencesOf(late, [phase(40, 0, 40)]).length, 1)
})

describe('independent events make no silence in 10,000 s', () => {
  for (const perSecond of [0.1, 0.5, 1, 2, 5, 10, 15, 30, 100]) {
    test(`${perSecond}/s`, () => {
      assert.deepEqual(silencesOf(poisson(perSecond, perSecond, 10_000), [phase(10_000)]), [])
    })
  }
})

// Users who pause a second or two, and begin at any time.
test('users who pause make no silence in 10,000 s', () => {
  const random = createRandom(11)
  const moments = Array.from({ length: 20 }, () => {
    const own: number[] = []
    for (let at = 3 * random(); at < 10_000; at += 1 + random() + 0.05 * random()) own.push(at)
    return own
  }).flat()
  assert.deepEqual(silencesOf(moments, [phase(10_000)]), [])
})
