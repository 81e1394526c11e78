import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countViolations } from './windows.ts'

const windows = (pattern: string) => pattern.split('').map((window) => window === 'x')

for (const { pattern, violating, longestStreak, longestStreakStart } of [
  { pattern: '....', violating: 0, longestStreak: 0, longestStreakStart: undefined },
  { pattern: 'x...', violating: 1, longestStreak: 1, longestStreakStart: 0 },
  { pattern: 'x.xx', violating: 3, longestStreak: 2, longestStreakStart: 2 },
  { pattern: 'xx.xx.x', violating: 5, longestStreak: 2, longestStreakStart: 0 },
  { pattern: 'xxxx', violating: 4, longestStreak: 4, longestStreakStart: 0 },
]) {
  test(`${pattern} has ${violating} violations, ${longestStreak} in a row`, () => {
    assert.deepEqual(countViolations(windows(pattern)), {
      windows: pattern.length,
      violating,
      violatingRatio: violating / pattern.length,
      longestStreak,
      longestStreakStart,
    })
  })
}

test('without windows no share of them violated anything', () => {
  assert.deepEqual(countViolations([]), {
    windows: 0,
    violating: 0,
    violatingRatio: undefined,
    longestStreak: 0,
    longestStreakStart: undefined,
  })
})
