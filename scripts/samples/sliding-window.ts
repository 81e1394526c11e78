import { quantileOfSorted } from '../statistics/quantile.ts'

/** What happened in the last seconds, as samples recorded it. Seconds are whole ones since 1970. */
export interface SlidingWindow {
  /** @param latencyMs of an expected response; undefined for a failure */
  addRequest(endUs: number, latencyMs: number | undefined): void
  addSum(name: string, atUs: number, value: number): void
  /** The given number of seconds, of which `lastSecond` is the last. */
  read(lastSecond: number, seconds: number): WindowTotals
}

export interface WindowTotals {
  requests: number
  failures: number
  /** Of each second, in order of time. */
  requestsBySecond: number[]
  /** Of expected responses, lowest first. */
  latenciesMs(): Float64Array
  /** Exact (type 7), of expected responses; undefined without any. */
  percentileMs(percentile: number): number | undefined
  sum(name: string): number
}

interface Bucket {
  second: number
  requests: number
  failures: number
  latenciesMs: number[]
  sums: Map<string, number>
}

/** Samples may be this much newer than the seconds that are read. */
const AHEAD_SECONDS = 3

/** Keeps so many seconds; older ones and what comes too late for them are forgotten. */
export function createSlidingWindow({ seconds }: { seconds: number }): SlidingWindow {
  const size = seconds + AHEAD_SECONDS
  const buckets: (Bucket | undefined)[] = new Array<undefined>(size)

  const bucketAt = (us: number): Bucket | undefined => {
    const second = secondOf(us)
    const there = buckets[second % size]
    if (there?.second === second) return there
    if (there && there.second > second) return undefined
    return (buckets[second % size] = emptyBucket(second))
  }
  return {
    addRequest(endUs, latencyMs) {
      const bucket = bucketAt(endUs)
      if (!bucket) return
      bucket.requests += 1
      if (latencyMs === undefined) bucket.failures += 1
      else bucket.latenciesMs.push(latencyMs)
    },
    addSum(name, atUs, value) {
      const sums = bucketAt(atUs)?.sums
      sums?.set(name, (sums.get(name) ?? 0) + value)
    },
    read(lastSecond, seconds) {
      const wanted = Array.from({ length: seconds }, (_, index) => lastSecond - seconds + 1 + index)
      return totalsOf(
        wanted.map((second) => {
          const there = buckets[second % size]
          return there?.second === second ? there : emptyBucket(second)
        }),
      )
    },
  }
}

/** The second that a time in microseconds lies in. */
export function secondOf(us: number): number {
  return Math.floor(us / 1e6)
}

function emptyBucket(second: number): Bucket {
  return { second, requests: 0, failures: 0, latenciesMs: [], sums: new Map() }
}

function totalsOf(buckets: readonly Bucket[]): WindowTotals {
  let sorted: Float64Array | undefined
  const latenciesMs = (): Float64Array => (sorted ??= sortedLatencies(buckets))
  return {
    requests: total(buckets, ({ requests }) => requests),
    failures: total(buckets, ({ failures }) => failures),
    requestsBySecond: buckets.map(({ requests }) => requests),
    latenciesMs,
    percentileMs(percentile) {
      const all = latenciesMs()
      return all.length === 0 ? undefined : quantileOfSorted(all, percentile / 100)
    },
    sum: (name) => total(buckets, ({ sums }) => sums.get(name) ?? 0),
  }
}

function total(buckets: readonly Bucket[], of: (bucket: Bucket) => number): number {
  return buckets.reduce((sum, bucket) => sum + of(bucket), 0)
}

function sortedLatencies(buckets: readonly Bucket[]): Float64Array {
  const all = new Float64Array(total(buckets, ({ latenciesMs }) => latenciesMs.length))
  let place = 0
  for (const { latenciesMs } of buckets) {
    all.set(latenciesMs, place)
    place += latenciesMs.length
  }
  return all.sort()
}
