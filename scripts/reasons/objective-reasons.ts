// Pure. What may be said of an objective.
import { count, formatMeasure, formatMissed, number, were } from '../core/format-measure.ts'
import type { Limit } from '../core/limit.ts'

/** A sentence for each code of an objective; the objective's name comes before it. */
export const OBJECTIVE_SENTENCES = {
  NO_SAMPLES: () => 'no samples',
  TOO_FEW_SAMPLES: ({ samples, needed }: { samples: number; needed: number }) =>
    `${count(samples, 'sample')}, at least ${number(needed)} are needed`,
  MISSED_BY_FEW: ({ bad, samples, needed, percentile, limit }: MissedByFew) =>
    `${number(bad)} of ${count(samples, 'sample')} ${miss(bad)} ${limit}: p${percentile} misses it too, however good ${count(needed - samples, 'more sample')} would be`,
  DROPPED_OVER_LIMIT: ({ percentile }: { percentile: number }) =>
    `so many iterations were dropped because no VU was free that p${percentile} is a request that was never sent`,
  TOO_FEW_DRIFT_WINDOWS: (data: { windows: number; of: number; needed: number }) =>
    `${data.windows} of ${data.of} windows of constant load ${data.windows === 1 ? 'has' : 'have'} enough requests, at least ${data.needed} are needed`,
  NO_STEP: () => 'no step of the ramp was measured',
  CAPACITY_OPEN: (ramp: OpenCapacity) =>
    `The capacity is ${ramp.capacity}, so ${ramp.limit} is neither met nor missed: run again with --from-rate ${ramp.from} --rate ${ramp.to}`,
  CAPACITY_ABOVE_RAMP: (ramp: OpenCapacity) =>
    `The capacity is ${ramp.capacity}, and ${ramp.limit} was not tried: run again with --from-rate ${ramp.from} --rate ${ramp.to}`,
  NO_SPIKE: () => 'there was no spike to recover from',
  BASELINE_TOO_SMALL: ({ cycle, served, needed }: FewServed) =>
    `${count(served, 'request')} ${were(served)} served before ${cycle}, at least ${needed} are needed to know what is usual`,
  RECOVERY_TOO_SHORT: ({ cycle, seconds, needed }: ShortRecovery) =>
    `the run ended ${seconds} s after ${cycle}, at least ${needed} s are needed`,
  NO_WINDOW: ({ lengthSeconds }: { lengthSeconds: number }) =>
    `no window of ${lengthSeconds} s had enough samples`,
  RUN_CUT_SHORT: () => 'the run ended before its time was over',
  NOT_MEASURED: ({ why }: { why: string }) => why,
  ABSENT: ({ why }: { why: string }) => why,

  // Of an objective.
  LIMIT_MISSED: ({ measured, limit }: { measured: number; limit: Limit }) =>
    `${formatMissed(measured, limit)}, expected ${limit.text}`,
  NOT_RECOVERED: ({ cycle, seconds }: { cycle: string; seconds: number }) =>
    `not as before within the ${seconds} s after ${cycle}`,
  NO_SOUND_STEP: ({ bad }: { bad: string }) =>
    `No step met all objectives: ${bad} was too much already`,
  WINDOWS_MISSED: ({ violating, windows, lengthSeconds, longestStreak }: WindowsData) =>
    `${violating} of ${count(windows, 'window')} of ${lengthSeconds} s ${miss(violating)} it${violating === 1 ? '' : `, ${longestStreak} in a row`}`,
  CLOSE_TO_LIMIT: ({ measured, low, high, limit }: Close) =>
    `${formatMeasure(measured, limit.unit)} is close to the limit ${limit.text}: the truth lies between ${formatMeasure(low, limit.unit)} and ${formatMeasure(high, limit.unit)}`,
  COORDINATED_OMISSION: ({ corrected, limit }: { corrected: string; limit: string }) =>
    `VUs that waited sent no requests meanwhile: with those it is ${corrected}, expected ${limit}`,
  NO_FAILURE_SEEN: ({ samples, proven, needed, ...run }: NoFailureSeen) =>
    `no failure in ${count(samples, 'sample')} proves ${proven}, ${number(needed)} are needed: ${runText(run)}`,
  THRESHOLD_WITHOUT_SAMPLES: () =>
    'k6 lets it pass, but nothing was recorded that it could be about',
  SERVER_NOT_SCRAPED: () =>
    'nothing was read from the metrics of the target: only runs whose load is made from this machine do, with --server-metrics where they are not at /metrics',
  NO_SCRAPE_IN_TIME: ({ url, when }: { url: string; when: string }) =>
    when === 'idle'
      ? `${url} was not read before the load began`
      : `${url} was not read in the judged time: a shorter --server-interval, or a longer run`,
  SCRAPES_FAILED: ({ url, failed, attempts, why }: FailedScrapes) =>
    `${failed} of ${count(attempts, 'scrape')} of ${url} failed: ${why}`,
  METRIC_MISSING: ({ url, metric, nearest }: MissingMetric) =>
    `${url} has no metric ${metric}${nearest.length === 0 ? ', nor any other' : `; nearest: ${nearest.join(', ')}`}`,
  NO_SUCH_SERIES: ({ url, metric, labels, found }: MissingSeries) =>
    `${url} has no number in ${metric} with the labels ${labels}${found.length === 0 ? '' : `; there are: ${found.join(', ')}`}`,
  METRIC_OFTEN_MISSING: ({ url, metric, found, attempts }: OftenMissing) =>
    `${metric} was in ${found} of ${count(attempts, 'scrape')} of ${url}, at least half are needed`,
  TOO_FEW_SCRAPES: ({ samples, statistic }: { samples: number; statistic: string }) =>
    `${count(samples, 'scrape')}, at least 2 are needed for ${statistic}: a shorter --server-interval, or a longer run`,
  RATE_OF_GAUGE: ({ metric, statistic }: { metric: string; statistic: string }) =>
    `${metric} is a gauge, which has no ${statistic}: use growth, max or mean`,
  SERVER_RESTARTED: ({ url }: { url: string }) =>
    `the process behind ${url} was restarted, so its growth says nothing`,
  ONE_SECOND_ONLY: () => 'all samples lie within one second, so nothing says how they vary',
}

interface MissedByFew {
  bad: number
  samples: number
  needed: number
  percentile: number
  limit: string
}

interface NoFailureSeen {
  samples: number
  /** What the interval reaches: `99.83%`, or `at most 0.17%` of errors. */
  proven: string
  /** Samples that would prove the limit, if none of them fails. */
  needed: number
  /** Of the run that would have them: a time, or iterations where these are counted. */
  durationSeconds?: number
  iterations?: number
}

function runText({ durationSeconds = 0, iterations }: Partial<NoFailureSeen>): string {
  if (iterations === undefined) return `--duration ${durationSeconds}s`
  return `a run of ${count(iterations, 'iteration')}`
}

interface FewServed {
  cycle: string
  served: number
  needed: number
}

interface ShortRecovery {
  cycle: string
  seconds: number
  needed: number
}

interface OpenCapacity {
  /** `between 900/s (good) and 1,050/s (bad)` */
  capacity: string
  limit: string
  /** Rates of a narrower ramp. */
  from: number
  to: number
}

interface FailedScrapes {
  url: string
  failed: number
  attempts: number
  /** What most of them met. */
  why: string
}

interface MissingMetric {
  url: string
  metric: string
  nearest: string[]
}

interface MissingSeries {
  url: string
  metric: string
  /** As JSON. */
  labels: string
  found: string[]
}

interface OftenMissing {
  url: string
  metric: string
  found: number
  attempts: number
}

interface WindowsData {
  violating: number
  windows: number
  lengthSeconds: number
  longestStreak: number
}

interface Close {
  measured: number
  low: number
  high: number
  limit: Limit
}

function miss(amount: number): string {
  return amount === 1 ? 'misses' : 'miss'
}
