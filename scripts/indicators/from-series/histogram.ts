import type { Interval } from '../../statistics/percentile-interval.ts'

import { normalQuantile } from '../../statistics/normal.ts'

/** As Prometheus answers it. */
export interface RawHistogram {
  count: string
  sum: string
  buckets?: [rule: number, lower: string, upper: string, count: string][]
}

/** Values lie above `lower` and up to `upper`. */
export interface Bucket {
  lower: number
  upper: number
  count: number
}

/** A native histogram; buckets in order of value. */
export interface Histogram {
  count: number
  sum: number
  buckets: Bucket[]
}

/** A number that is known to lie between two others. */
export interface Bounded {
  value: number
  interval: Interval
}

export function readHistogram({ count, sum, buckets = [] }: RawHistogram): Histogram {
  return {
    count: Number(count),
    sum: Number(sum),
    buckets: buckets.map(([, lower, upper, inside]) => {
      // k6 has no negative times: what is about zero is not below it.
      return { lower: Math.max(0, Number(lower)), upper: Number(upper), count: Number(inside) }
    }),
  }
}

/** All values of some histograms; their buckets have the same bounds, as k6 makes them all alike. */
export function addHistograms(histograms: readonly Histogram[]): Histogram {
  const buckets = new Map<number, Bucket>()
  for (const bucket of histograms.flatMap((each) => each.buckets)) {
    const known = buckets.get(bucket.upper)
    if (known) known.count += bucket.count
    else buckets.set(bucket.upper, { ...bucket })
  }
  const add = (of: 'count' | 'sum'): number => histograms.reduce((sum, each) => sum + each[of], 0)
  const ordered = [...buckets.values()].sort((a, b) => a.upper - b.upper)
  return { count: add('count'), sum: add('sum'), buckets: ordered }
}

/** 1.645: the truth is above the interval in 5 % of the runs, and below it in 5 %. */
const Z = normalQuantile(0.95)

/**
 * A percentile, and the interval that it lies in: from the lower bound of the bucket that the 90 %
 * interval of its rank begins in, to the upper bound of the one where that ends (order statistics,
 * with the normal approximation of the binomial; the requests of one second are taken as independent,
 * which they are not quite). Undefined without values.
 *
 * @param percentile 0 to 100
 */
export function percentileOf(
  { count, buckets }: Histogram,
  percentile: number,
): (Bounded & { bucket: Interval }) | undefined {
  if (count === 0) return undefined
  const share = percentile / 100
  const reach = Z * Math.sqrt(count * share * (1 - share))
  const [at, from, to] = [0, -reach, reach].map((by) => placeOf(buckets, share * count + by))
  if (!at || !from || !to) return undefined
  return {
    value: within(at.bucket, at.part),
    bucket: { low: at.bucket.lower, high: at.bucket.upper },
    interval: { low: from.bucket.lower, high: to.bucket.upper },
  }
}

/** How many values are at most so large: the buckets below, and a part of the one that it lies in. */
export function countUpTo({ buckets }: Histogram, value: number): Bounded {
  const sum = (of: readonly Bucket[]): number => of.reduce((total, each) => total + each.count, 0)
  const low = sum(buckets.filter(({ upper }) => upper <= value))
  const around = buckets.find(({ lower, upper }) => lower < value && value < upper)
  if (!around) return { value: low, interval: { low, high: low } }
  const part = (value - around.lower) / (around.upper - around.lower)
  return { value: low + part * around.count, interval: { low, high: low + around.count } }
}

// The bucket of the nth value, and how far into it that is, 0 to 1.
function placeOf(buckets: readonly Bucket[], rank: number) {
  let before = 0
  for (const bucket of buckets) {
    if (before + bucket.count >= rank) {
      return { bucket, part: Math.max(0, (rank - before) / bucket.count) }
    }
    before += bucket.count
  }
  const bucket = buckets.at(-1)
  return bucket && { bucket, part: 1 }
}

// Bounds grow by a constant factor, so what lies between them is on a scale of logarithms.
function within({ lower, upper }: Bucket, part: number): number {
  return lower <= 0 ? part * upper : lower * (upper / lower) ** part
}
