import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Limit, parseLimit } from '../sla/limit.ts'
import { START_MS } from './example-recording.ts'
import { judgeWindows, type WindowsResult } from './judge-windows.ts'

const LIMIT: Limit = { operator: '<', value: 200, unit: 'ms', text: '< 200ms' }

/** One window of 10 s for each letter: `x` misses the limit. */
function judge(letters: string, violating?: string): WindowsResult {
  const values = Array.from(letters, (letter, index) => ({
    startUs: (START_MS + index * 10_000) * 1_000,
    value: letter === 'x' ? 200 : 199.9,
    samples: 300,
  }))
  const demanded = violating === undefined ? undefined : demand(violating)
  return judgeWindows({ lengthSeconds: 10, values }, LIMIT, demanded)
}

function demand(text: string) {
  const violating = parseLimit(text, { unit: 'ratio', better: 'low', most: 1 })
  assert('operator' in violating)
  return { lengthSeconds: 10, violating }
}

test('windows are counted, and the bad ones told with their time', () => {
  assert.deepEqual(judge('..xx.x....'), {
    lengthSeconds: 10,
    count: 10,
    violating: 3,
    violatingRatio: 0.3,
    longestStreak: 2,
    longestStreakAt: '2026-11-21T15:26:26.000Z',
    violated: [
      { at: '2026-11-21T15:26:26.000Z', value: 200, samples: 300 },
      { at: '2026-11-21T15:26:36.000Z', value: 200, samples: 300 },
      { at: '2026-11-21T15:26:56.000Z', value: 200, samples: 300 },
    ],
    fault: '3 of 10 windows of 10 s miss it, 2 in a row',
    isDemanded: false,
  })
})

describe('one in twenty may be bad, and three in a row', () => {
  const dots = (count: number): string => '.'.repeat(count)
  const cases: [what: string, letters: string, isFaulty: boolean][] = [
    ['none', dots(20), false],
    ['1 of 20', `x${dots(19)}`, false],
    ['1 of 19', `x${dots(18)}`, true],
    ['3 in a row of 60', `xxx${dots(57)}`, false],
    ['4 in a row of 80', `xxxx${dots(76)}`, true],
    ['4 of 80, not in a row', `xxx.x${dots(75)}`, false],
    ['all', 'xxx', true],
    ['no window at all', '', false],
  ]
  for (const [what, letters, isFaulty] of cases) {
    test(what, () => assert.equal(judge(letters).fault !== undefined, isFaulty))
  }
})

describe('an objective says itself how many may be bad, but never four in a row', () => {
  const cases: [violating: string, letters: string, isFaulty: boolean][] = [
    ['<= 0%', '..........', false],
    ['<= 0%', 'x.........', true],
    ['<= 10%', 'x.........', false],
    ['< 10%', 'x.........', true],
    ['<= 50%', 'xxx.xx....', false],
    ['<= 50%', 'xxxx......', true],
    ['<= 50%', '', false],
  ]
  for (const [violating, letters, isFaulty] of cases) {
    test(`${violating} of ${letters}`, () => {
      const { fault, isDemanded } = judge(letters, violating)
      assert.deepEqual([fault !== undefined, isDemanded], [isFaulty, true])
    })
  }
})

test('of many bad windows the first twenty are told', () => {
  const { violated, violating } = judge('x'.repeat(50))
  assert.deepEqual([violated.length, violating], [20, 50])
})

test('windows that were joined count as many as they are', () => {
  const at = (seconds: number): number => (START_MS + seconds * 1_000) * 1_000
  const values = [
    { startUs: at(0), value: 100, samples: 300 },
    // A standstill of a minute, and its answers at the end of it.
    { startUs: at(10), value: 60_000, samples: 250, windows: 7 },
    { startUs: at(80), value: 100, samples: 300 },
  ]
  const result = judgeWindows({ lengthSeconds: 10, values }, LIMIT, demand('<= 5%'))
  assert.equal(result.fault, '7 of 9 windows of 10 s miss it, 7 in a row')
  assert.equal(result.violated.length, 1)
})
