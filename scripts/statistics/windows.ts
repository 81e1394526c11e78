/** How often and how long in a row windows violated a limit. */
export interface Violations {
  windows: number
  violating: number
  /** Violating of all windows, 0 to 1; undefined without windows. */
  violatingRatio: number | undefined
  longestStreak: number
  /** Place of the first window of the longest streak (the first of several), from 0. */
  longestStreakStart: number | undefined
}

/**
 * Counts violations.
 *
 * @param violates one for each window that could be judged, in order of time
 */
export function countViolations(violates: readonly boolean[]): Violations {
  const violating = violates.filter(Boolean).length
  let longestStreak = 0
  let longestStreakStart: number | undefined
  let streak = 0
  for (const [index, isViolating] of violates.entries()) {
    streak = isViolating ? streak + 1 : 0
    if (streak > longestStreak) {
      longestStreak = streak
      longestStreakStart = index - streak + 1
    }
  }
  return {
    windows: violates.length,
    violating,
    violatingRatio: violates.length === 0 ? undefined : violating / violates.length,
    longestStreak,
    longestStreakStart,
  }
}
