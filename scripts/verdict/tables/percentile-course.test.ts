import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { windowGroups } from './percentile-course.ts'
import type { Span } from '../../indicators/timeline.ts'

function span(startSeconds: number, endSeconds: number): Span {
  return { startUs: startSeconds * 1e6, endUs: endSeconds * 1e6 }
}

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
