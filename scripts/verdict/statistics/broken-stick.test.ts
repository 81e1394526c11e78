import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createRandom, mixSeed } from '../../../lib/random.ts'
import { type BrokenStick, fitBrokenStick } from './broken-stick.ts'
import { createRamp } from './example-ramp.ts'
import { normal } from './example-series.ts'
import type { LoadPoint } from './fit-stick.ts'

const SEED = { seed: 1 }

/** Points at 100, 200, ... offered per second. */
function points(achieved: readonly number[]): LoadPoint[] {
  return achieved.map((achievedPerSecond, index) => ({
    offeredPerSecond: 100 * (index + 1),
    achievedPerSecond,
  }))
}

function fitted(of: readonly LoadPoint[]): BrokenStick {
  const stick = fitBrokenStick(of, SEED)
  assert(stick !== undefined)
  return stick
}

test('a ramp without noise is fitted exactly, also when the knee is between two loads', () => {
  assert.deepEqual(fitted(points([100, 200, 300, 300, 300, 300])), {
    saturationPerSecond: 300,
    interval: { low: 300, high: 300 },
    kneePerSecond: 300,
  })
  const { saturationPerSecond, kneePerSecond } = fitted(points([100, 200, 300, 350, 350, 350]))
  assert.ok(Math.abs(saturationPerSecond - 350) < 1e-9)
  assert.ok(Math.abs(kneePerSecond - 350) < 1e-9)
})

test('a target that does half of what is offered is no line of slope 1', () => {
  const { saturationPerSecond, kneePerSecond } = fitted(points([50, 100, 150, 150, 150]))
  assert.ok(Math.abs(saturationPerSecond - 150) < 1e-9)
  assert.ok(Math.abs(kneePerSecond - 300) < 1e-9)
})

describe('a ramp without a bend has no saturation', () => {
  for (const [name, achieved] of [
    ['a straight line', [100, 200, 300, 400, 500, 600]],
    ['one load beyond the knee', [100, 200, 300, 400, 500, 500]],
    ['noise at the end', [99, 202, 299, 401, 496, 590]],
    ['nothing achieved', [0, 0, 0, 0]],
    ['one step', [100]],
    ['no step', []],
  ] as const) {
    test(name, () => assert.equal(fitBrokenStick(points(achieved), SEED), undefined))
  }
})

describe('the fit does not depend on', () => {
  const ramp = createRamp({ seed: 3, capacityPerSecond: 500, top: 1.8 })
  const { saturationPerSecond, interval } = fitted(ramp)

  test('the order of the steps', () => {
    const turned = fitted([...ramp].reverse())
    assert.ok(Math.abs(turned.saturationPerSecond - saturationPerSecond) < 1e-6)
  })

  test('the unit of the loads', () => {
    const perMinute = fitted(
      ramp.map((step) => ({
        offeredPerSecond: step.offeredPerSecond * 64,
        achievedPerSecond: step.achievedPerSecond * 64,
      })),
    )
    assert.ok(Math.abs(perMinute.saturationPerSecond / 64 - saturationPerSecond) < 1e-6)
    assert.ok(Math.abs(perMinute.interval.low / 64 - interval.low) < 1e-6)
  })
})

// 90 % is promised. 2 % of noise in each step, 12 steps up to 1.6 or twice the capacity.
test('the interval holds the capacity in over four of five ramps', () => {
  for (const top of [1.6, 2]) {
    const sticks = Array.from({ length: 120 }, (_, seed) => {
      const random = createRandom(mixSeed(seed))
      const offered = Array.from({ length: 12 }, (_, index) => (500 * top * (index + 1)) / 12)
      return fitted(
        offered.map((offeredPerSecond) => ({
          offeredPerSecond,
          achievedPerSecond: Math.min(offeredPerSecond, 500) * (1 + 0.02 * normal(random)),
        })),
      )
    })
    const holding = sticks.filter(({ interval }) => interval.low <= 500 && interval.high >= 500)
    assert.ok(holding.length > 0.8 * sticks.length, `${holding.length} of 120 up to ${top}`)
  }
})

test('3 % of noise on a straight line bends one ramp in fifty at most', () => {
  const bent = Array.from({ length: 300 }, (_, seed) => {
    const random = createRandom(mixSeed(seed))
    const straight = Array.from({ length: 14 }, (_, index) => 100 * (index + 1))
    return fitBrokenStick(points(straight.map((x) => x * (1 + 0.03 * normal(random)))), SEED)
  }).filter((stick) => stick !== undefined)
  assert.ok(bent.length <= 6, `${bent.length} of 300`)
})
