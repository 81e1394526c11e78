import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSlidingWindow, secondOf } from './sliding-window.ts'

const SECOND = 1_795_274_766

test('a window has the seconds that were asked for, and no others', () => {
  const window = createSlidingWindow({ seconds: 3 })
  for (const second of [0, 1, 2, 3]) window.addRequest(us(second), 10 * (second + 1))
  window.addRequest(us(3.999999), undefined)

  const totals = window.read(SECOND + 3, 3)
  assert.equal(totals.requests, 4)
  assert.equal(totals.failures, 1)
  assert.deepEqual(totals.requestsBySecond, [1, 1, 2])
  assert.deepEqual([...totals.latenciesMs()], [20, 30, 40])
  assert.equal(window.read(SECOND + 3, 1).requests, 2)
  assert.equal(window.read(SECOND + 2, 1).requests, 1)
})

test('percentiles are exact over the whole window, whatever the order', () => {
  const window = createSlidingWindow({ seconds: 2 })
  for (const [second, latencyMs] of [
    [0, 40],
    [1, 10],
    [0, 30],
    [1, 20],
  ] as const) {
    window.addRequest(us(second), latencyMs)
  }
  const totals = window.read(SECOND + 1, 2)

  assert.equal(totals.percentileMs(50), 25)
  assert.equal(totals.percentileMs(90), 37)
  assert.equal(createSlidingWindow({ seconds: 2 }).read(SECOND, 2).percentileMs(50), undefined)
})

test('failures have no latency', () => {
  const window = createSlidingWindow({ seconds: 1 })
  window.addRequest(us(0), undefined)

  assert.equal(window.read(SECOND, 1).percentileMs(95), undefined)
})

test('sums are kept by name', () => {
  const window = createSlidingWindow({ seconds: 2 })
  window.addSum('bytes', us(0), 2)
  window.addSum('bytes', us(1), 3)
  window.addSum('other', us(1), 100)
  const totals = window.read(SECOND + 1, 2)

  assert.equal(totals.sum('bytes'), 5)
  assert.equal(totals.sum('nothing'), 0)
})

test('samples may come in any order of time, but not after they were forgotten', () => {
  const window = createSlidingWindow({ seconds: 2 })
  window.addRequest(us(1), 1)
  window.addRequest(us(0), 2)
  assert.equal(window.read(SECOND + 1, 2).requests, 2)

  window.addRequest(us(100), 3)
  window.addRequest(us(0), 4)
  assert.deepEqual([...window.read(SECOND + 100, 2).latenciesMs()], [3])
})

test('samples newer than what is read do not push its seconds out', () => {
  const window = createSlidingWindow({ seconds: 5 })
  for (let second = 0; second < 8; second += 1) window.addRequest(us(second), 1)

  assert.deepEqual(window.read(SECOND + 4, 5).requestsBySecond, [1, 1, 1, 1, 1])
})

function us(seconds: number): number {
  const at = Math.round((SECOND + seconds) * 1e6)
  assert.equal(secondOf(at), SECOND + Math.floor(seconds))
  return at
}
