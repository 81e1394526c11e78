import { isFailure, REQUEST_METRIC } from '../../samples/live-load.ts'
import type { LiveRow } from '../../samples/live-row.ts'
import { createSlidingWindow, secondOf, type WindowTotals } from '../../samples/sliding-window.ts'
import type { Indicator } from '../indicator.ts'
import { minimumSamples } from '../minimum-samples.ts'

/** An indicator over a sliding window of judged samples. */
export interface StopMeasure {
  /** The recorded metric that it is computed from. */
  metric: string
  add(row: LiveRow): void
  /** In the unit of the limit; undefined when too few samples say anything. Asked in order of time. */
  value(lastSecond: number): number | undefined
}

/** Fewest requests, or values of a k6 Rate, for a ratio over a window. */
const RATIO_SAMPLES_MIN = 20

/** @returns undefined for an indicator that has no value before the run is over */
export function createMeasure(
  indicator: Indicator,
  windowSeconds: number,
): StopMeasure | undefined {
  switch (indicator.kind) {
    case 'latency': {
      const { percentile } = indicator
      const enough = minimumSamples(percentile)
      return ofRequests(windowSeconds, (window) =>
        window.requests - window.failures < enough ? undefined : window.percentileMs(percentile),
      )
    }
    case 'error-ratio':
      return ofRequests(windowSeconds, (window) => ratio(window.failures, window.requests))
    case 'availability':
      return ofRequests(windowSeconds, ({ requests, failures }) =>
        ratio(requests - failures, requests),
      )
    case 'apdex':
      return ofRequests(windowSeconds, (window) => apdex(window, indicator.targetMs))
    case 'share':
      return shareOf(indicator.metric, windowSeconds)
    case 'rate':
      return rateOf(indicator.metric, windowSeconds)
    case 'count':
      return countOf(indicator.metric)
    default:
      return undefined
  }
}

// Requests are counted when they end, however long ago they began: a target that hangs shows only then.
function ofRequests(
  seconds: number,
  value: (window: WindowTotals) => number | undefined,
): StopMeasure {
  const window = createSlidingWindow({ seconds })
  return {
    metric: REQUEST_METRIC,
    add: (row) => window.addRequest(row.endUs, isFailure(row) ? undefined : row.value),
    value: (lastSecond) => value(window.read(lastSecond, seconds)),
  }
}

/** Source: Apdex Technical Specification 1.1: up to T satisfied, up to 4T half of it, failures not. */
function apdex(window: WindowTotals, targetMs: number): number | undefined {
  let score = 0
  for (const latencyMs of window.latenciesMs()) {
    score += latencyMs <= targetMs ? 1 : latencyMs <= 4 * targetMs ? 0.5 : 0
  }
  return ratio(score, window.requests)
}

function shareOf(metric: string, seconds: number): StopMeasure {
  const window = createSlidingWindow({ seconds })
  return {
    metric,
    add({ endUs, value }) {
      window.addSum('samples', endUs, 1)
      if (value !== 0) window.addSum('true', endUs, 1)
    },
    value(lastSecond) {
      const totals = window.read(lastSecond, seconds)
      return ratio(totals.sum('true'), totals.sum('samples'))
    },
  }
}

function rateOf(metric: string, seconds: number): StopMeasure {
  const window = createSlidingWindow({ seconds })
  return {
    metric: recorded(metric),
    add: (row) => window.addSum('total', row.endUs, amount(metric, row)),
    value: (lastSecond) => window.read(lastSecond, seconds).sum('total') / seconds,
  }
}

/** Everything up to a second, since the start. */
function countOf(metric: string): StopMeasure {
  const uncounted = new Map<number, number>()
  let total = 0
  return {
    metric: recorded(metric),
    add(row) {
      const second = secondOf(row.endUs)
      uncounted.set(second, (uncounted.get(second) ?? 0) + amount(metric, row))
    },
    value(lastSecond) {
      for (const [second, sum] of uncounted) {
        if (second > lastSecond) continue
        total += sum
        uncounted.delete(second)
      }
      return total
    },
  }
}

// k6 counts a request in http_reqs too, but only its duration tells when it began.
function recorded(metric: string): string {
  return metric === 'http_reqs' ? REQUEST_METRIC : metric
}

function amount(metric: string, { value }: LiveRow): number {
  return metric === 'http_reqs' ? 1 : value
}

function ratio(part: number, samples: number): number | undefined {
  return samples < RATIO_SAMPLES_MIN ? undefined : part / samples
}
