import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Span } from './timeline.ts'
import { type WindowRule, windowGroups, windowSeconds } from './windows-of.ts'

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

test('a window that is lost already stands alone, and the others are joined around it', () => {
  const counts = [
    { number: 0, samples: 20 },
    { number: 1, samples: 5 },
    { number: 2, samples: 9, isLost: true },
    { number: 3, samples: 15 },
    { number: 4, samples: 20 },
  ]
  const groups = windowGroups({ spans: [span(100, 150)] }, counts, {
    lengthSeconds: 10,
    minimumSamples: 20,
  })
  assert.deepEqual(
    groups.map(({ samples, numbers }) => [samples, numbers]),
    [
      [20, [0]],
      [20, [1, 3]],
      [9, [2]],
      [20, [4]],
    ],
  )
})

describe('every window that lies wholly in the judged time is in one group', () => {
  type Case = [
    what: string,
    spans: Span[],
    samples: Record<number, number>,
    groups: [startSeconds: number, samples: number, numbers: number[]][],
  ]
  const cases: Case[] = [
    [
      'enough samples in each',
      [span(100, 130)],
      { 0: 20, 1: 30, 2: 20 },
      [
        [100, 20, [0]],
        [110, 30, [1]],
        [120, 20, [2]],
      ],
    ],
    [
      'the rest of the time is no window',
      [span(100, 129.9)],
      { 0: 20, 1: 20, 2: 20 },
      [
        [100, 20, [0]],
        [110, 20, [1]],
      ],
    ],
    [
      'too few samples are joined with the next ones',
      [span(100, 140)],
      { 0: 20, 1: 5, 2: 10, 3: 6 },
      [
        [100, 20, [0]],
        [110, 21, [1, 2, 3]],
      ],
    ],
    [
      'silence is joined as well',
      [span(100, 140)],
      { 0: 20, 3: 20 },
      [
        [100, 20, [0]],
        [110, 20, [1, 2, 3]],
      ],
    ],
    [
      'and what is left over at the end with the ones before',
      [span(100, 140)],
      { 0: 20, 1: 20, 2: 19 },
      [
        [100, 20, [0]],
        [110, 39, [1, 2, 3]],
      ],
    ],
    ['nothing where all together are too few', [span(100, 140)], { 0: 9, 3: 10 }, []],
    ['nothing where there is no time', [], { 0: 20 }, []],
    ['nothing where the time is shorter than a window', [span(100, 109)], { 0: 20 }, []],
    [
      'neighbours of a gap are not joined over it',
      [span(100, 120), span(135, 160)],
      { 0: 20, 1: 5, 2: 99, 3: 99, 4: 5, 5: 20 },
      [
        [100, 25, [0, 1]],
        [140, 25, [4, 5]],
      ],
    ],
  ]
  for (const [what, spans, samples, groups] of cases) {
    test(what, () => {
      const counts = Object.entries(samples).map(([number, count]) => {
        return { number: Number(number), samples: count }
      })
      const rule = { lengthSeconds: 10, minimumSamples: 20 }
      assert.deepEqual(
        windowGroups({ spans }, counts.reverse(), rule),
        groups.map(([startSeconds, all, numbers]) => {
          return { startUs: startSeconds * 1e6, samples: all, numbers }
        }),
      )
    })
  }
})
