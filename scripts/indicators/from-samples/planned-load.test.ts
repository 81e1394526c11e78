import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { plannedLoad } from './planned-load.ts'

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
