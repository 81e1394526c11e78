import type { Interval } from './percentile-interval.ts'
import { median } from './quantile.ts'
import { signedRankCutoff } from './signed-rank.ts'

export interface ShiftEstimate {
  /** In the unit of the values. */
  estimate: number
  /** Missing where so few values allow no interval of that confidence. */
  interval?: Interval
}

/**
 * The centre of symmetric differences, and the interval around it that holds whatever their distribution:
 * the median of all averages of two (Walsh averages), and those of them that the exact signed-rank
 * distribution leaves in the middle. One wild value in ten hardly moves either.
 *
 * Source: Hodges and Lehmann, "Estimates of Location Based on Rank Tests", Annals of Mathematical Statistics
 * 34(2), 1963; Tukey's interval after Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd
 * edition, 1999, sections 3.2 and 3.3. Throws a RangeError for no values or a value that is not finite.
 *
 * @param confidence of both sides together, such as 0.9; the interval has at least that
 */
export function hodgesLehmann(differences: readonly number[], confidence: number): ShiftEstimate {
  const averages = walshAverages(differences)
  const estimate = median(averages)
  const cutoff = signedRankCutoff((1 - confidence) / 2, differences.length)
  const low = averages[cutoff - 1]
  const high = averages[averages.length - cutoff]
  return { estimate, ...(low !== undefined && high !== undefined && { interval: { low, high } }) }
}

/** Averages of each value with itself and with each later one, lowest first. */
export function walshAverages(values: readonly number[]): Float64Array {
  const averages = values.flatMap((value, index) =>
    values.slice(index).map((other) => (value + other) / 2),
  )
  return Float64Array.from(averages).sort()
}
