import { type Limit, meets } from '../../core/limit.ts'
import type { Windows } from '../../indicators/objective.ts'
import type { JudgedWindow, JudgedWindows } from '../../indicators/from-samples/measurement.ts'
import { ordinaryRange } from '../../statistics/quantile.ts'
import { countViolations } from '../../statistics/windows.ts'

/** How an objective did over time. Plain JSON. */
export interface WindowsResult {
  lengthSeconds: number
  /** Windows that could be judged. */
  count: number
  violating: number
  violatingRatio: number
  longestStreak: number
  /** Start of the longest streak. */
  longestStreakAt?: string
  /** The first violating windows, with what was measured; a silent one has no value. */
  violated: { at: string; value?: number; samples: number }[]
  /** Demanded windows: more of them miss the limit than may. Others: some do that are unlike the rest. */
  isMissed: boolean
  /** The SLA file asks for these windows, so that they decide like the limit itself. */
  isDemanded: boolean
}

const VIOLATED_SHOWN = 20

/**
 * Counts the windows that miss the limit: a good average can hide a bad minute. Where the SLA file says how many may
 * miss it, that decides. Otherwise a window that misses the limit counts when it is also unlike the other
 * windows of its run: those of a target whose seconds vary reach beyond the limit now and then.
 */
export function judgeWindows(
  { lengthSeconds, values }: JudgedWindows,
  limit: Limit,
  demanded: Windows | undefined,
): WindowsResult {
  const found = countViolations(values.map(({ isMissed }) => isMissed))
  const { violating, violatingRatio = 0, longestStreak, longestStreakStart } = found
  const missed = values.filter(({ isMissed }) => isMissed)
  return {
    lengthSeconds,
    count: values.length,
    violating,
    violatingRatio,
    longestStreak,
    ...(longestStreakStart !== undefined && {
      longestStreakAt: timeOf(values[longestStreakStart]?.startUs ?? 0),
    }),
    violated: missed.slice(0, VIOLATED_SHOWN).map(({ startUs, value, samples }) => {
      return { at: timeOf(startUs), ...(value !== undefined && { value }), samples }
    }),
    isMissed: demanded
      ? values.length > 0 && !meets(violatingRatio, demanded.violating)
      : missed.length > 0 && haveUnusual(missed, values, limit),
    isDemanded: demanded !== undefined,
  }
}

function haveUnusual(
  missed: readonly JudgedWindow[],
  all: readonly JudgedWindow[],
  { operator, unit }: Limit,
): boolean {
  if (missed.some(({ value }) => value === undefined)) return true
  const values = valuesOf(all)
  // Times vary in proportion to themselves.
  const isProportional = unit !== 'ratio' && values.every((value) => value > 0)
  const scale = (value: number): number => (isProportional ? Math.log(value) : value)
  const { low, high } = ordinaryRange(values.map(scale))
  const isUpper = operator.startsWith('<')
  return valuesOf(missed).some((value) => (isUpper ? scale(value) > high : scale(value) < low))
}

function valuesOf(windows: readonly JudgedWindow[]): number[] {
  return windows.flatMap(({ value }) => (value === undefined ? [] : [value]))
}

function timeOf(us: number): string {
  return new Date(us / 1_000).toISOString()
}
