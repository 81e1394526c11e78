import type { Interval } from './percentile-interval.ts'
import { differenceOf, type DifferenceScale } from './difference-scale.ts'
import type { Estimate } from './percentile-interval.ts'

export interface DifferenceEstimate {
  /** On the scale. */
  estimate: number
  /** 90 %, as those of both runs; missing where one of them has none. */
  interval?: Interval
}

/**
 * The difference of two estimates with the interval that follows from theirs: on each side the distances to
 * the ends add up like standard errors, on the scale of the difference.
 *
 * Source: Zou and Donner, "Construction of confidence limits about effect measures", Statistics in Medicine
 * 27(10), 2008 (MOVER); of two shares it is Newcombe's method 10, Statistics in Medicine 17(8), 1998. For
 * intervals symmetric on the scale it is the usual root of the sum of squares.
 */
export function differenceEstimate(
  scale: DifferenceScale,
  baseline: Estimate | undefined,
  candidate: Estimate | undefined,
): DifferenceEstimate | undefined {
  const estimate = differenceOf(scale, baseline?.value, candidate?.value)
  if (estimate === undefined || !baseline || !candidate) return undefined
  const before = reaches(scale, baseline)
  const now = reaches(scale, candidate)
  if (!before || !now) return { estimate }
  const low = estimate - Math.hypot(now.down, before.up)
  const high = estimate + Math.hypot(now.up, before.down)
  return { estimate, interval: { low, high } }
}

/** How far an estimate's interval reaches to both sides, on the scale. */
function reaches(
  scale: DifferenceScale,
  { value, interval }: Estimate,
): { down: number; up: number } | undefined {
  if (!interval) return undefined
  const down = differenceOf(scale, interval.low, value)
  const up = differenceOf(scale, value, interval.high)
  return down === undefined || up === undefined ? undefined : { down, up }
}
