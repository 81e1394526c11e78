import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from './random.ts'
import { type ThinkTime, thinkSeconds } from './think-time.ts'

const N = 20_000

function sorted(time: ThinkTime): number[] {
  const random = createRandom(7)
  return Array.from({ length: N }, () => thinkSeconds(time, random)).sort((a, b) => a - b)
}

function near(value: number | undefined, expected: number): void {
  assert.ok(value !== undefined && Math.abs(value / expected - 1) < 0.03, `${value}`)
}

test('a fixed pause is always the same', () => {
  const pauses = sorted({ seconds: 1.5 })
  assert.deepEqual([pauses[0], pauses.at(-1)], [1.5, 1.5])
})

test('a uniform pause lies between its limits, half of them below the middle', () => {
  const pauses = sorted({ minSeconds: 0.4, maxSeconds: 1.3 })
  assert.ok((pauses[0] ?? 0) >= 0.4 && (pauses.at(-1) ?? 9) <= 1.3)
  near(pauses[N / 2], 0.85)
})

test('a lognormal pause has the median and the 95th percentile it was given', () => {
  const pauses = sorted({ medianSeconds: 2, p95Seconds: 8 })
  near(pauses[N / 2], 2)
  near(pauses[N * 0.95], 8)
  assert.ok(pauses.every(Number.isFinite))
})

test('the same seed pauses the same', () => {
  const lognormal = { medianSeconds: 1, p95Seconds: 3 }
  assert.equal(thinkSeconds(lognormal, createRandom(3)), thinkSeconds(lognormal, createRandom(3)))
})
