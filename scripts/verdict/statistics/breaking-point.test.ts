import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type BreakingPoint, findBreakingPoint, isBroken, type LoadStep } from './breaking-point.ts'
import { createRamp, type RampSettings } from './example-ramp.ts'
import { quantile } from './quantile.ts'

const SEED = { seed: 1 }

/** Steps at 100, 200, ... per second; `missed` are the places of those that miss an objective. */
function ramp(achieved: readonly number[], missed: readonly number[] = []): LoadStep[] {
  return achieved.map((achievedPerSecond, index) => ({
    offeredPerSecond: 100 * (index + 1),
    achievedPerSecond,
    meetsObjectives: !missed.includes(index),
    missedObjectives: missed.includes(index) ? ['latency-p95'] : [],
  }))
}

function reached(steps: readonly LoadStep[]): BreakingPoint & { outcome: 'REACHED' } {
  const found = findBreakingPoint(steps, SEED)
  assert(found.outcome === 'REACHED')
  return found
}

test('capacity, saturation and collapse are three numbers', () => {
  const found = reached(ramp([100, 200, 300, 400, 500, 500, 500, 500, 300, 250], [3, 4, 5, 6, 7]))

  assert.deepEqual(found.sloCapacity, { index: 2, offeredPerSecond: 300, achievedPerSecond: 300 })
  assert.deepEqual(found.brokenAt, { index: 3, offeredPerSecond: 400, achievedPerSecond: 400 })
  assert.equal(found.saturation?.saturationPerSecond, 500)
  assert.deepEqual(found.collapse, { index: 8, offeredPerSecond: 900, achievedPerSecond: 300 })
  assert.equal(found.fellShort, false)
  assert.deepEqual(found.missedObjectives, ['latency-p95'])
})

test('a load that is not achieved breaks a target that misses no objective', () => {
  const found = reached(ramp([100, 200, 300, 300, 300, 300]))
  assert.equal(found.fellShort, true)
  assert.deepEqual(found.missedObjectives, [])
  assert.equal(found.sloCapacity?.offeredPerSecond, 300)
  assert.equal(found.collapse, undefined)
})

test('95 % of a load is enough', () => {
  assert.equal(isBroken(ramp([100, 190, 285])), false)
  assert.equal(isBroken(ramp([100, 189, 284])), true)
})

describe('one bad step is bad luck', () => {
  test('a ramp goes on after it', () => {
    const steps = ramp([100, 200, 300, 400, 500, 600], [2])
    assert.equal(isBroken(steps), false)
    assert.deepEqual(findBreakingPoint(steps, SEED), {
      outcome: 'NOT_REACHED',
      atLeastPerSecond: 600,
    })
  })

  test('two in a row are not, whatever the reason of each', () => {
    const steps = ramp([100, 200, 300, 200, 400, 500], [2])
    assert.equal(isBroken(steps), true)
    assert.equal(reached(steps).brokenAt.index, 2)
  })

  test('the last step alone proves nothing, not even that its load is met', () => {
    assert.deepEqual(findBreakingPoint(ramp([100, 200, 300], [2]), SEED), {
      outcome: 'NOT_REACHED',
      atLeastPerSecond: 200,
    })
  })

  test('a capacity may lie after it', () => {
    const found = reached(ramp([100, 200, 300, 400, 500, 600], [1, 4, 5]))
    assert.equal(found.sloCapacity?.offeredPerSecond, 400)
    assert.equal(found.brokenAt.offeredPerSecond, 500)
  })
})

test('a target that never met its objectives has no capacity', () => {
  const found = reached(ramp([100, 200, 300, 400], [0, 1, 2, 3]))
  assert.equal(found.sloCapacity, undefined)
  assert.equal(found.brokenAt.index, 0)
  assert.equal(found.saturation, undefined)
})

test('a throughput that recovers did not collapse', () => {
  const found = reached(ramp([100, 200, 300, 300, 250, 300, 300]))
  assert.equal(found.collapse, undefined)
})

test('a ramp without steps has shown nothing', () => {
  assert.equal(isBroken([]), false)
  assert.deepEqual(findBreakingPoint([], SEED), { outcome: 'NOT_REACHED', atLeastPerSecond: 0 })
})

// The truth is a queue with a capacity of 100 to 1100 requests per second, in ramps of 14 steps.
describe('on simulated ramps', () => {
  const simulate = (settings: Partial<RampSettings>) =>
    Array.from({ length: 60 }, (_, seed) => {
      const capacityPerSecond = 100 + seed * 17
      const steps = createRamp({ seed, capacityPerSecond, top: 1.8, ...settings })
      return { steps, capacityPerSecond, found: findBreakingPoint(steps, { seed }) }
    })

  for (const top of [1.6, 2]) {
    test(`saturation is within 5 % of the capacity in nine of ten that go to ${top} times it`, () => {
      const errors = simulate({ top }).map(({ found, capacityPerSecond }) => {
        assert(found.outcome === 'REACHED')
        return (found.saturation?.saturationPerSecond ?? 0) / capacityPerSecond - 1
      })
      const sizes = errors.map(Math.abs)
      assert.ok(Math.abs(quantile(errors, 0.5)) < 0.02, `median ${quantile(errors, 0.5)}`)
      assert.ok(quantile(sizes, 0.9) < 0.05, `90 % within ${quantile(sizes, 0.9)}`)
    })
  }

  test('the capacity within the objectives is the last step before 90 % of it', () => {
    for (const { found, capacityPerSecond } of simulate({})) {
      assert(found.outcome === 'REACHED')
      const ratio = (found.sloCapacity?.offeredPerSecond ?? 0) / capacityPerSecond
      assert.ok(ratio < 0.9 && ratio > 0.9 - 1.8 / 14 - 1e-9, String(ratio))
    }
  })

  test('a capacity that is out of reach is NOT_REACHED', () => {
    for (const { found, steps } of simulate({ top: 0.88 })) {
      const last = steps.at(-1)?.offeredPerSecond
      assert.deepEqual(found, { outcome: 'NOT_REACHED', atLeastPerSecond: last })
    }
  })

  test('a collapse is found where it begins, and does not lower the saturation', () => {
    const runs = simulate({ collapseAt: 1.4 })
    const indexes = runs.map(({ found }) => found.outcome === 'REACHED' && found.collapse?.index)
    // Steps are 0.129 of the capacity apart: 1.41 is the first of at least 1.4. The one before can be low.
    assert.ok(indexes.filter((index) => index === 10).length >= 54, indexes.join())
    assert.ok(indexes.every((index) => index === 9 || index === 10))
    const errors = runs.flatMap(({ found, capacityPerSecond }) => {
      assert(found.outcome === 'REACHED')
      const { saturation } = found
      return saturation ? [saturation.saturationPerSecond / capacityPerSecond - 1] : []
    })
    assert.ok(errors.length >= 54, `${errors.length} of 60`)
    assert.ok(errors.every((error) => Math.abs(error) < 0.05))
  })

  test('without a collapse, none is found in 19 of 20', () => {
    const collapsed = simulate({}).filter(
      ({ found }) => found.outcome === 'REACHED' && found.collapse !== undefined,
    )
    assert.ok(collapsed.length <= 3, `${collapsed.length} of 60`)
  })

  test('a ramp that is stopped online has the same break as the whole one', () => {
    for (const { steps, found } of simulate({})) {
      assert(found.outcome === 'REACHED')
      const stopped = steps.findIndex((_, index) => isBroken(steps.slice(0, index + 1)))
      assert.equal(stopped, found.brokenAt.index + 1)
    }
  })
})
