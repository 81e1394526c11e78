import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createPlan } from '../../tests/support/sla/example.ts'
import { START_MS } from '../../tests/support/verdict/example-recording.ts'
import { secondsOf, spansOf, timelineOf } from './timeline.ts'

const { phases } = createPlan()
const START_US = START_MS * 1_000

test('phases get absolute times, and begin with the target of the one before', () => {
  assert.deepEqual(
    timelineOf(phases, START_MS).map(({ startUs, endUs, ...rest }) => {
      return { from: startUs - START_US, to: endUs - START_US, ...rest }
    }),
    [
      { from: 0, to: 10e6, name: 'warm-up', fromTarget: 0, target: 10 },
      { from: 10e6, to: 30e6, name: 'ramp-up', fromTarget: 10, target: 100 },
      { from: 30e6, to: 90e6, name: 'hold', fromTarget: 100, target: 100 },
      { from: 90e6, to: 100e6, name: 'ramp-down', fromTarget: 100, target: 0 },
    ],
  )
})

test('a plan of one phase is level', () => {
  const [only] = timelineOf(phases.slice(2, 3), START_MS)
  assert.deepEqual([only?.fromTarget, only?.target], [100, 100])
})

test('times are whole microseconds', () => {
  const tenth = { name: 'hold', startSeconds: 0.1, endSeconds: 0.3, target: 1 }
  const [phase] = timelineOf([tenth], START_MS + 0.0007)
  assert.deepEqual([phase?.startUs, phase?.endUs], [START_US + 100_001, START_US + 300_001])
})

describe('neighbours are one span', () => {
  const cases: [names: string[], spans: [start: number, end: number][], seconds: number][] = [
    [['ramp-up', 'hold'], [[10, 90]], 80],
    [['hold', 'ramp-up'], [[10, 90]], 80],
    [
      ['warm-up', 'hold'],
      [
        [0, 10],
        [30, 90],
      ],
      70,
    ],
    [['hold'], [[30, 90]], 60],
    [['spike-1'], [], 0],
    [[], [], 0],
  ]
  for (const [names, spans, seconds] of cases) {
    test(names.join(' and '), () => {
      const found = spansOf(timelineOf(phases, START_MS), names)
      assert.deepEqual(
        found,
        spans.map(([start, end]) => {
          return { startUs: START_US + start * 1e6, endUs: START_US + end * 1e6 }
        }),
      )
      assert.equal(secondsOf(found), seconds)
    })
  }
})
