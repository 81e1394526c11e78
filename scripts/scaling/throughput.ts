// Pure. How much a target gets done, and how well that grows with its replicas.
import { sumError } from '../statistics/batch-means.ts'
import type { Interval } from '../statistics/percentile-interval.ts'

/** A value and its 90 % interval, which does not cover what differs between two runs. */
export interface Estimate {
  value: number
  interval: Interval
}

/**
 * Operations per second from the counts of the seconds in their order, silent ones included.
 *
 * @returns undefined where nothing was counted, or where seconds are too few to tell how they vary
 */
export function throughputOf(counts: readonly number[]): Estimate | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0)
  const mean = total / counts.length
  const varying = sumError(counts.map((count) => count - mean))
  if (total === 0 || !varying) return undefined
  const reach = (varying.reach * varying.error) / counts.length
  return { value: mean, interval: { low: Math.max(0, mean - reach), high: mean + reach } }
}

/**
 * What each replica gets done, as a part of what one of the fewest does: X(n) / n over X(m) / m. The interval adds the
 * relative errors of both up as independent ones.
 */
export function efficiencyOf(
  { throughput, replicas }: { throughput: Estimate; replicas: number },
  fewest: { throughput: Estimate; replicas: number },
): Estimate {
  const value = throughput.value / replicas / (fewest.throughput.value / fewest.replicas)
  if (replicas === fewest.replicas) return { value: 1, interval: { low: 1, high: 1 } }
  const reach = Math.hypot(relativeReach(throughput), relativeReach(fewest.throughput))
  return { value, interval: { low: value * Math.exp(-reach), high: value * Math.exp(reach) } }
}

/** Half the interval, as a part of the value. */
export function relativeReach({ value, interval }: Estimate): number {
  return (interval.high - interval.low) / 2 / value
}
