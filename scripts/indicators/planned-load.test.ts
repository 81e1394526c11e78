import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadAt, plannedLoad } from './from-samples/planned-load.ts'
import { timelineOf } from './timeline.ts'

// 0 to 100 in 10 s, up at once to 300, down to 200 in 10 s; then 50 for 10 s.
const TIMELINE = timelineOf(
  [
    {
      ...{ name: 'ramp', startSeconds: 0, endSeconds: 20, target: 200 },
      via: [
        { seconds: 10, target: 100 },
        { seconds: 10, target: 300 },
      ],
    },
    {
      ...{ name: 'hold', startSeconds: 20, endSeconds: 30, target: 50 },
      via: [{ seconds: 20, target: 50 }],
    },
  ],
  0,
)

test('the planned load follows every slope and jump of a phase', () => {
  assert.equal(plannedLoad(TIMELINE, 0, 30e6), 500 + 2_500 + 500)
  assert.equal(plannedLoad(TIMELINE, 5e6, 15e6), 375 + 1_375)
})

test('so does the load of a moment', () => {
  assert.deepEqual(
    [0, 5, 10, 15, 20, 29, 30].map((seconds) => loadAt(seconds * 1e6, TIMELINE)),
    [0, 50, 300, 250, 50, 50, 0],
  )
})
