import type { Limit } from '../core/limit.ts'
import { reason, type Reason } from '../reasons/reasons.ts'

/** Share of the values that may miss the limit of a percentile. */
export function allowedShare(percentile: number, { operator }: Limit): number {
  return operator.startsWith('<') ? 1 - percentile / 100 : percentile / 100
}

/**
 * With too few samples a percentile is not known, but so many may miss the limit that it is missed whatever
 * the lacking ones had been. Undefined where it is not.
 *
 * @param bad samples that miss the limit
 */
export function missedByFew(
  { percentile, limit }: { percentile: number; limit: Limit },
  { bad, samples }: { bad: number; samples: number },
): Reason | undefined {
  const needed = minimumSamples(percentile)
  const allowed = Math.round(allowedShare(percentile, limit) * needed * 1e6) / 1e6
  if (samples >= needed || bad <= allowed) return undefined
  return reason('MISSED_BY_FEW', { bad, samples, needed, percentile, limit: limit.text })
}

/** At least this many samples must lie above a percentile. */
const SAMPLES_ABOVE = 10

/**
 * Fewest samples that a percentile can be judged with: n(1-p) >= 10, so 200 for p95.
 *
 * @param percentile above 0 and below 100
 */
export function minimumSamples(percentile: number): number {
  // 10000.0000000006 is what floating point makes of p99.9.
  return Math.ceil((SAMPLES_ABOVE * 100) / (100 - percentile) - 1e-6)
}
