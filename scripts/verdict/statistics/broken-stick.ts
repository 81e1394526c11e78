import { createRandom, pick } from '../../../lib/random.ts'
import { fitStick, type LoadPoint, type Stick, stickWithKnee } from './fit-stick.ts'
import type { Interval } from './interval.ts'
import { normalCdf } from './normal.ts'
import { quantile } from './quantile.ts'
import { studentTQuantile } from './student-t.ts'

export interface BrokenStick {
  /** The level after the knee: the most that is ever achieved, per second. */
  saturationPerSecond: number
  /** 90 %, of the saturation. */
  interval: Interval
  /** Offered load at which the level begins, per second. */
  kneePerSecond: number
}

const RESAMPLES = 999
const CONFIDENCE = 0.9
const LEAST_BEYOND_KNEE = 2
/** A knee closer to the highest load than this is a straight line and noise. */
const STRAIGHT_RATIO = 0.95
const STRAIGHT_LEVEL = 0.001

/**
 * The throughput that achieved over offered load levels off at. Undefined when the ramp has no such bend:
 * fewer than two loads are beyond the knee, the knee is within 5 % of the highest load, or a straight line
 * fits about as well.
 *
 * Source: the fit is that of `fitStick`, the interval that of 999 resamples of the points (Efron,
 * "Bootstrap Methods", Annals of Statistics 7(1), 1979), widened for the few that are beyond the knee. On
 * simulated ramps with a sharp knee it held the capacity in 82 to 90 % where four loads or more were beyond
 * the knee, and in 70 % where two were.
 *
 * @param points in any order, loads above 0, up to the collapse if there is one
 * @param seed of the resamples; the same seed gives the same interval
 */
export function fitBrokenStick(
  points: readonly LoadPoint[],
  { seed }: { seed: number },
): BrokenStick | undefined {
  const stick = fitStick(points)
  const { slope, kneePerSecond } = stick
  const beyond = points.filter(({ offeredPerSecond }) => offeredPerSecond > kneePerSecond).length
  if (beyond < LEAST_BEYOND_KNEE || !isBent(stick, points)) return undefined

  const tail = tailOfResamples(beyond)
  const saturations = resampledSaturations(points, kneePerSecond, seed)
  return {
    saturationPerSecond: slope * kneePerSecond,
    interval: { low: quantile(saturations, tail), high: quantile(saturations, 1 - tail) },
    kneePerSecond,
  }
}

// The F test of one parameter more; its level is low since the best of many knees is tested.
function isBent(stick: Stick, points: readonly LoadPoint[]): boolean {
  const highest = Math.max(...points.map(({ offeredPerSecond }) => offeredPerSecond))
  if (stick.kneePerSecond > highest * STRAIGHT_RATIO) return false
  const gain = stickWithKnee(points, highest).squares - stick.squares
  const spare = points.length - 2
  return gain * spare > stick.squares * studentTQuantile(1 - STRAIGHT_LEVEL / 2, spare) ** 2
}

// Points before and beyond the knee are drawn apart: among the points of a whole ramp, one draw in ten
// or so has none beyond the knee, and knows no saturation.
function resampledSaturations(points: readonly LoadPoint[], knee: number, seed: number): number[] {
  const random = createRandom(seed)
  const parts = [
    points.filter(({ offeredPerSecond }) => offeredPerSecond <= knee),
    points.filter(({ offeredPerSecond }) => offeredPerSecond > knee),
  ]
  return Array.from({ length: RESAMPLES }, () => {
    const { slope, kneePerSecond } = fitStick(
      parts.flatMap((part) => part.map(() => pick(random, part))),
    )
    return slope * kneePerSecond
  })
}

// Plain tails of 5 % cover the truth in 75 % of the ramps instead of 90 %. Source: Hesterberg, "What
// Teachers Should Know About the Bootstrap", The American Statistician 69(4), 2015, expanded percentiles.
function tailOfResamples(beyondKnee: number): number {
  const t = studentTQuantile((1 + CONFIDENCE) / 2, beyondKnee - 1)
  return normalCdf(-t * Math.sqrt(beyondKnee / (beyondKnee - 1)))
}
