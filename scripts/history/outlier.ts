import { studentTQuantile } from '../statistics/normal.ts'

/** What the newest run should have stayed under, in shares of the limit. */
export interface Outlier {
  bound: number
  /** Geometric mean of the runs before. */
  usual: number
}

/** Runs before the newest one that it is compared with. */
const HISTORY = 10

/** With fewer, nothing is said. */
export const RUNS_NEEDED = HISTORY + 1

/** 95 % calls 21 to 24 % of sound runs out of line, since machines drift from run to run. */
const CONFIDENCE = 0.99

/** Nobody acts on less, however steady the runs before were. */
const EXCESS_MIN = 1.05

/**
 * Whether the newest run is worse than the ten before it foretell: above the one-sided 99 % prediction
 * bound of Student's t on logarithms, m + t(0.99, n - 1) s sqrt(1 + 1/n), and by 5 %. Latency varies by
 * factors, so logarithms. Of 140 looks at 80 equal runs 5 % were out of line, half of them runs that were slow.
 *
 * Source: Hahn and Meeker, "Statistical Intervals", 1991, section 4.2 (a single future observation).
 *
 * @param usedRatios of the limit, oldest run first
 * @returns undefined when the run is as the others, or fewer than eleven are known
 */
export function outlierOf(usedRatios: readonly number[]): Outlier | undefined {
  const newest = usedRatios.at(-1)
  const before = usedRatios.slice(-HISTORY - 1, -1)
  if (newest === undefined || usedRatios.length < RUNS_NEEDED) return undefined
  if ([...before, newest].some((used) => used <= 0)) return undefined
  const logs = before.map(Math.log)
  const mean = logs.reduce((sum, log) => sum + log, 0) / HISTORY
  const squares = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / (HISTORY - 1))
  const reach = studentTQuantile(CONFIDENCE, HISTORY - 1) * deviation * Math.sqrt(1 + 1 / HISTORY)
  const usual = Math.exp(mean)
  const bound = Math.max(usual * Math.exp(reach), usual * EXCESS_MIN)
  return newest > bound ? { bound, usual } : undefined
}
