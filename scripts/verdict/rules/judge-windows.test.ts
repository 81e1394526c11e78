import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Limit } from '../../core/limit.ts'
import { parseLimit } from '../../sla/parse-limit.ts'
import { START_MS } from '../../../tests/support/verdict/example-recording.ts'
import { judgeWindows, type WindowsResult } from './judge-windows.ts'
import type { JudgedWindow } from '../../indicators/from-samples/measurement.ts'

const LIMIT: Limit = { operator: '<', value: 200, unit: 'ms', text: '< 200ms' }

/** One window of 10 s for each value; undefined is a silent one. */
function windows(values: readonly (number | undefined)[]): JudgedWindow[] {
  return values.map((value, index) => ({
    startUs: (START_MS + index * 10_000) * 1_000,
    ...(value !== undefined && { value }),
    samples: value === undefined ? 0 : 300,
    isMissed: value === undefined || value >= 200,
  }))
}

function judge(values: readonly (number | undefined)[], violating?: string): WindowsResult {
  const demanded = violating === undefined ? undefined : demand(violating)
  return judgeWindows({ lengthSeconds: 10, values: windows(values) }, LIMIT, demanded)
}

function demand(text: string) {
  const violating = parseLimit(text, { unit: 'ratio', better: 'low', most: 1 })
  assert('operator' in violating)
  return { lengthSeconds: 10, violating }
}

/** `x` misses the limit by far, `-` is silent. */
const valuesOf = (letters: string): (number | undefined)[] =>
  Array.from(letters, (letter, index) => {
    return letter === '-' ? undefined : letter === 'x' ? 900 : 100 + (index % 3)
  })

test('windows are counted, and the bad ones told with their time', () => {
  assert.deepEqual(judge(valuesOf('..x-.x....')), {
    lengthSeconds: 10,
    count: 10,
    violating: 3,
    violatingRatio: 0.3,
    longestStreak: 2,
    longestStreakAt: '2026-11-21T15:26:26.000Z',
    violated: [
      { at: '2026-11-21T15:26:26.000Z', value: 900, samples: 300 },
      { at: '2026-11-21T15:26:36.000Z', samples: 0 },
      { at: '2026-11-21T15:26:56.000Z', value: 900, samples: 300 },
    ],
    isMissed: true,
    isDemanded: false,
  })
})

describe('of an objective without windows of its own, one that misses the limit counts if the others differ', () => {
  const wavy = Array.from({ length: 60 }, (_, index) => 180 * Math.exp(0.1 * Math.sin(index)))
  const cases: [what: string, values: (number | undefined)[], isMissed: boolean][] = [
    ['none misses it', valuesOf('..........'), false],
    ['one is far above the others', valuesOf('.....x....'), true],
    ['one is silent', valuesOf('.....-....'), true],
    ['some reach beyond it as the others reach below it', [...wavy, 205], false],
    ['among those one does not', [...wavy, 400], true],
    ['no window at all', [], false],
  ]
  for (const [what, values, isMissed] of cases) {
    test(what, () => assert.equal(judge(values).isMissed, isMissed))
  }
})

test('of a limit from below the low ones are unlike the others', () => {
  const limit: Limit = { operator: '>=', value: 0.99, unit: 'ratio', text: '>= 99%' }
  const shares = [1, 1, 0.998, 1, 0.9, 1, 1]
  const values = shares.map((value, index) => {
    return { startUs: index * 1e7, value, samples: 1_000, isMissed: value < 0.99 }
  })
  assert.equal(judgeWindows({ lengthSeconds: 10, values }, limit, undefined).isMissed, true)
})

test('windows of which none has a value are a miss', () => {
  assert.equal(judge(valuesOf('---')).isMissed, true)
})

describe('an objective says itself how many may be bad', () => {
  const cases: [violating: string, letters: string, isMissed: boolean][] = [
    ['<= 0%', '..........', false],
    ['<= 0%', 'x.........', true],
    ['<= 10%', '-.........', false],
    ['< 10%', '-.........', true],
    ['<= 50%', 'xxxxx.....', false],
    ['<= 50%', 'xxxxxx....', true],
    ['<= 50%', '', false],
  ]
  for (const [violating, letters, expected] of cases) {
    test(`${violating} of ${letters}`, () => {
      const { isMissed, isDemanded } = judge(valuesOf(letters), violating)
      assert.deepEqual([isMissed, isDemanded], [expected, true])
    })
  }
})

test('of many bad windows the first twenty are reported', () => {
  const { violated, violating } = judge(valuesOf('x'.repeat(50)))
  assert.deepEqual([violated.length, violating], [20, 50])
})
