import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { timelineOf } from '../timeline.ts'
import { loadAt, plannedLoad } from './measure-total.ts'

const TIMELINE = [
  { name: 'ramp-up', startUs: 0, endUs: 10e6, fromTarget: 0, target: 100 },
  { name: 'hold', startUs: 10e6, endUs: 30e6, fromTarget: 100, target: 100 },
]

describe('the load of a time is the area under the plan', () => {
  const cases: [what: string, from: number, to: number, load: number][] = [
    ['a ramp', 0, 10, 500],
    ['the start of a ramp', 0, 5, 125],
    ['its end', 5, 10, 375],
    ['level', 10, 20, 1_000],
    ['over an edge', 5, 15, 875],
    ['beyond the plan', 25, 90, 500],
    ['outside of it', 40, 50, 0],
    ['no time', 5, 5, 0],
  ]
  for (const [what, from, to, load] of cases) {
    test(what, () => assert.equal(plannedLoad(TIMELINE, from * 1e6, to * 1e6), load))
  }
})

// 0 to 100 in 10 s, up at once to 300, down to 200 in 10 s; then 50 for 10 s.
const SLOPES = timelineOf(
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
  assert.equal(plannedLoad(SLOPES, 0, 30e6), 500 + 2_500 + 500)
  assert.equal(plannedLoad(SLOPES, 5e6, 15e6), 375 + 1_375)
})

test('so does the load of a moment', () => {
  assert.deepEqual(
    [0, 5, 10, 15, 20, 29, 30].map((seconds) => loadAt(seconds * 1e6, SLOPES)),
    [0, 50, 300, 250, 50, 50, 0],
  )
})
