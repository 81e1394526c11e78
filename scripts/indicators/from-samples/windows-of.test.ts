import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Span, TimedPhase } from '../timeline.ts'
import {
  silentWindows,
  type WindowRule,
  windowSeconds,
  type WindowSlot,
  windowSlots,
} from './windows-of.ts'

const ANY: WindowRule = { lengthSeconds: undefined, samples: 1e6, minimumSamples: 200 }

describe('windows of an objective that asks for none are a thirtieth of its time', () => {
  const cases: [seconds: number, rule: Partial<WindowRule>, length: number | undefined][] = [
    [90, {}, 3],
    [300, {}, 10],
    [3_600, {}, 10],
    [12, {}, 1],
    [3, {}, 1],
    [2.9, {}, undefined],
    // As long as it takes to have 200 samples in each.
    [90, { samples: 2_000 }, 9],
    [90, { samples: 601 }, 30],
    [90, { samples: 600 }, 30],
    [90, { samples: 599 }, undefined],
    [90, { samples: 0 }, undefined],
    [90, { lengthSeconds: 2.5, samples: 1 }, 2.5],
    [2, { lengthSeconds: 60 }, 60],
  ]
  for (const [seconds, rule, length] of cases) {
    test(`${seconds} s with ${JSON.stringify(rule)}: ${length ?? 'none'}`, () => {
      assert.equal(windowSeconds({ seconds }, { ...ANY, ...rule }), length)
    })
  }
})

function span(startSeconds: number, endSeconds: number): Span {
  return { startUs: startSeconds * 1e6, endUs: endSeconds * 1e6 }
}

describe('windows cover all of the judged time', () => {
  const cases: [what: string, spans: Span[], slots: [number, number, number][]][] = [
    [
      'whole ones',
      [span(100, 120)],
      [
        [0, 100, 10],
        [1, 110, 10],
      ],
    ],
    [
      'and the part of one at the end',
      [span(100, 112.5)],
      [
        [0, 100, 10],
        [1, 110, 2.5],
      ],
    ],
    ['none where the time is shorter than a window', [span(100, 103)], []],
    [
      'but none of a gap',
      [span(100, 110), span(127, 130)],
      [
        [0, 100, 10],
        [2, 127, 3],
      ],
    ],
    [
      'two ends within one window are one window',
      [span(100, 112), span(116, 120)],
      [
        [0, 100, 10],
        [1, 110, 6],
      ],
    ],
    ['nothing where there is no time', [], []],
  ]
  for (const [what, spans, slots] of cases) {
    test(what, () => {
      assert.deepEqual(
        windowSlots({ spans }, 10),
        slots.map(([number, start, seconds]): WindowSlot => {
          return { number, startUs: start * 1e6, seconds }
        }),
      )
    })
  }
})

describe('a window without samples is silent where at least 14 were due', () => {
  const level: TimedPhase = { name: 'hold', ...span(100, 140), fromTarget: 10, target: 10 }
  const ramp: TimedPhase = { ...level, fromTarget: 0, target: 40 }
  const slots = windowSlots({ spans: [span(100, 140)] }, 10)
  const cases: [
    what: string,
    phase: TimedPhase,
    samples: Record<number, number>,
    silent: number[],
  ][] = [
    ['of a busy run', level, { 0: 200, 1: 200, 3: 200 }, [2]],
    ['of one that has just enough', level, { 0: 14, 1: 14, 3: 14 }, [2]],
    ['of a run that sends little', level, { 0: 13, 1: 13, 3: 13 }, []],
    ['at the start of a ramp fewer are due', ramp, { 1: 30, 2: 50, 3: 70 }, []],
    ['later in a ramp more are', ramp, { 0: 5, 1: 15, 2: 25 }, [3]],
    ['not before the first sample', level, { 2: 200, 3: 200 }, []],
    ['of nothing at all', level, {}, []],
  ]
  for (const [what, phase, samples, silent] of cases) {
    test(what, () => {
      const counts = new Map(Object.entries(samples).map(([key, n]) => [Number(key), n]))
      assert.deepEqual([...silentWindows(slots, counts, [phase])], silent)
    })
  }
})
