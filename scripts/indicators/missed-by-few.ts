import type { Limit } from '../core/limit.ts'
import { reason, type Reason } from '../reasons/reasons.ts'
import { minimumSamples } from './minimum-samples.ts'

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
