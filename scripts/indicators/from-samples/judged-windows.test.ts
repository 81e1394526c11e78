import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judgedWindows } from './judged-windows.ts'
import { windowSlots } from './windows-of.ts'

const SPAN = { startUs: 0, endUs: 40_000_000 }
const SLOTS = windowSlots({ spans: [SPAN] }, 10)
const RULE = {
  lengthSeconds: 10,
  allowed: 0.05,
  timeline: [{ name: 'hold', ...SPAN, fromTarget: 10, target: 10 }],
  isWhole: true,
}

function missed(counts: [samples: number, bad: number][], isWhole = true): (boolean | undefined)[] {
  const rows = counts.map(([samples, bad], number) => ({ number, samples, bad, value: 1 }))
  const found = judgedWindows(
    SLOTS,
    rows.filter(({ samples }) => samples > 0),
    { ...RULE, isWhole },
  )
  return SLOTS.map(({ startUs }) => found.values.find((each) => each.startUs === startUs)?.isMissed)
}

describe('a window misses a p95 when chance gives so many above the limit in one of a thousand', () => {
  // By the exact tail: P(X > 21 of 200) = 0.0004 and P(X > 20) = 0.0011, and so on.
  const cases: [samples: number, bad: number, isMissed: boolean][] = [
    [200, 21, false],
    [200, 22, true],
    [1_000, 73, false],
    [1_000, 74, true],
    [1, 1, false],
    [2, 2, false],
    [3, 2, false],
    [3, 3, true],
  ]
  for (const [samples, bad, isMissed] of cases) {
    test(`${bad} of ${samples}`, () => assert.equal(missed([[samples, bad]])[0], isMissed))
  }
})

test('a silent window between busy ones misses the limit and is not lent to its neighbour', () => {
  const busy: [number, number] = [200, 0]
  assert.deepEqual(missed([busy, busy, [0, 0], busy]), [false, false, true, false])
})

test('a silent window where little is sent is no window', () => {
  const rare: [number, number] = [5, 0]
  assert.deepEqual(missed([rare, [0, 0], rare, rare]), [false, undefined, false, false])
})

test('after a run that was ended early there is no window', () => {
  const counts: [number, number][] = [
    [200, 0],
    [0, 0],
    [200, 0],
    [0, 0],
  ]
  assert.deepEqual(missed(counts), [false, true, false, true])
  assert.deepEqual(missed(counts, false), [false, true, false, undefined])
})
