import type { Limit } from '../sla/limit.ts'
import type { Windows } from '../sla/objective.ts'
import { meets } from './judge-limit.ts'
import type { MeasuredWindows } from './measurement.ts'
import { countViolations } from './statistics/windows.ts'

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
  /** The first violating windows, with what was measured. */
  violated: { at: string; value: number; samples: number }[]
  /** More miss the limit than may. */
  isMissed: boolean
  /** The SLA file asks for these windows, so that they decide like the limit itself. */
  isDemanded: boolean
}

/** Of an objective without windows of its own. */
const VIOLATING_RATIO_MAX = 0.05

/** More in a row are an outage, however few they are of all. */
const STREAK_MAX = 3

const VIOLATED_SHOWN = 20

/**
 * Counts the windows that miss the limit. A good average can hide a bad minute: of an objective that
 * asks for no windows, at most a twentieth of them may miss its limit, and three in a row. Windows that
 * were joined count as many as they are: a standstill must not look like a single moment.
 */
export function judgeWindows(
  measured: MeasuredWindows,
  limit: Limit,
  demanded: Windows | undefined,
): WindowsResult {
  const { lengthSeconds, values } = measured
  const all = values.flatMap((each) => Array.from({ length: each.windows ?? 1 }, () => each))
  const violates = all.map(({ value }) => !meets(value, limit))
  const {
    windows,
    violating,
    violatingRatio = 0,
    longestStreak,
    longestStreakStart,
  } = countViolations(violates)
  const isTooMany = demanded
    ? !meets(violatingRatio, demanded.violating)
    : violatingRatio > VIOLATING_RATIO_MAX
  const isTooLong = longestStreak > STREAK_MAX
  return {
    lengthSeconds,
    count: windows,
    violating,
    violatingRatio,
    longestStreak,
    ...(longestStreakStart !== undefined && {
      longestStreakAt: timeOf(all[longestStreakStart]?.startUs ?? 0),
    }),
    violated: values
      .filter(({ value }) => !meets(value, limit))
      .slice(0, VIOLATED_SHOWN)
      .map(({ startUs, value, samples }) => ({ at: timeOf(startUs), value, samples })),
    isMissed: isTooMany || isTooLong,
    isDemanded: demanded !== undefined,
  }
}

function timeOf(us: number): string {
  return new Date(us / 1_000).toISOString()
}
