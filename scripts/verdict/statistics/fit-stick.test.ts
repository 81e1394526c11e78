import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom, mixSeed } from '../../../lib/random.ts'
import { fitStick, type LoadPoint, stickWithKnee } from './fit-stick.ts'

/** Points at 100, 200, ... offered per second. */
function points(achieved: readonly number[]): LoadPoint[] {
  return achieved.map((achievedPerSecond, index) => ({
    offeredPerSecond: 100 * (index + 1),
    achievedPerSecond,
  }))
}

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 1e-6, `${actual}, expected ${expected}`)
}

// By hand: the line through 100 and 200 is (100 * 90 + 200 * 210) / 50000 = 1.02, the level is 300. The
// distances are 12, 6, 10, 10, 0 and 0.
test('the knee is where line and level meet', () => {
  const { slope, kneePerSecond, squares } = fitStick(points([90, 210, 310, 290, 300, 300]))
  assertNear(slope, 1.02)
  assertNear(kneePerSecond, 300 / 1.02)
  assertNear(squares, 144 + 36 + 100 + 100)
})

test('the knee is at a point where line and level would meet beyond it', () => {
  // Line 1 and level 210 meet at 210, which is before the point at 300 that follows the line.
  const { kneePerSecond } = fitStick(points([100, 200, 300, 180, 180]))
  assert.ok(kneePerSecond >= 200 && kneePerSecond <= 300)
})

test('a straight line has its knee at the highest load', () => {
  assert.equal(fitStick(points([100, 200, 300])).kneePerSecond, 300)
})

test('no knee of a fine grid has smaller squares', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const random = createRandom(mixSeed(seed))
    const ramp = points(Array.from({ length: 8 }, () => 100 + 500 * random()))
    const { squares } = fitStick(ramp)
    for (let knee = 100; knee <= 800; knee += 1) {
      assert.ok(stickWithKnee(ramp, knee).squares >= squares - 1e-6, `seed ${seed}, knee ${knee}`)
    }
  }
})
