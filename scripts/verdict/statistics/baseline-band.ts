import { median, medianAbsoluteDeviation } from './quantile.ts'

/** One second of a run; seconds count from any origin, in whole numbers. */
export interface RunSecond {
  second: number
  /** Of the requests that succeeded; undefined when none did. */
  p95Ms: number | undefined
  /** Of all requests, those that did not fail, 0 to 1. */
  goodShare: number
  requests: number
}

/** What is normal for a target. */
export interface BaselineBand {
  medianMs: number
  /** A p95 above this is not normal. */
  highMs: number
  /** Good seconds that it was made from. */
  seconds: number
}

/** From fewer, the standard error of a MAD is over a quarter of it. */
export const LEAST_BASELINE_SECONDS = 20
const LEAST_GOOD_SHARE = 0.95
const LEAST_REACH = 1.1
const MADS = 3

/**
 * The band that the p95 of single seconds stays in while nothing happens: up to three median absolute
 * deviations of the logarithms above the median (a logarithm, since latency varies by factors), and to
 * 10 % above it for a target that hardly varies. Undefined with fewer than 20 good seconds.
 *
 * Source: the rule median + 3 MAD of Leys and others, "Detecting outliers", Journal of Experimental Social
 * Psychology 49(4), 2013, here without the factor 1.4826: of normal values, 2 % are above the band.
 */
export function baselineBand(baseline: readonly RunSecond[]): BaselineBand | undefined {
  const logs = baseline.flatMap(({ p95Ms, goodShare }) =>
    p95Ms !== undefined && p95Ms > 0 && goodShare >= LEAST_GOOD_SHARE ? [Math.log(p95Ms)] : [],
  )
  if (logs.length < LEAST_BASELINE_SECONDS) return undefined
  const medianMs = Math.exp(median(logs))
  const reach = Math.max(LEAST_REACH, Math.exp(MADS * medianAbsoluteDeviation(logs)))
  return { medianMs, highMs: medianMs * reach, seconds: logs.length }
}

/** Whether a second was as in the baseline. One without requests was not: nobody was served. */
export function isGoodSecond(second: RunSecond | undefined, { highMs }: BaselineBand): boolean {
  if (second?.p95Ms === undefined || second.requests === 0) return false
  return second.p95Ms <= highMs && second.goodShare >= LEAST_GOOD_SHARE
}
