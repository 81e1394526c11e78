import { isFailure, REQUEST_METRIC } from '../../samples/live-scanner.ts'
import type { LiveRow } from '../../samples/live-row.ts'
import { createSlidingWindow, secondOf, type WindowTotals } from '../../samples/sliding-window.ts'
import { measuredOf } from '../measured.ts'
import type { Objective } from '../objective.ts'

/** An indicator over a sliding window of judged samples. */
export interface LiveMeasure {
  /** The recorded metric that it is computed from. */
  metric: string
  add(row: LiveRow): void
  /** In the unit of the limit; undefined when too few samples say anything. Asked in order of time. */
  value(lastSecond: number): number | undefined
}

/** Fewest requests, or values of a k6 Rate, for a ratio over a window. */
const RATIO_SAMPLES_MIN = 20

/** Over requests or operations: counted when they end, however long ago they began, as a target that hangs shows only then. */
export function overMeasured(
  objective: Pick<Objective, 'of'>,
  seconds: number,
  value: (window: WindowTotals) => number | undefined,
): LiveMeasure {
  const window = createSlidingWindow({ seconds })
  return {
    metric: measuredOf(objective).duration,
    add: (row) => window.addRequest(row.endUs, isFailure(row) ? undefined : row.value),
    value: (lastSecond) => value(window.read(lastSecond, seconds)),
  }
}

/** @returns undefined when the samples are too few */
export function ratioOf(part: number, samples: number): number | undefined {
  return samples < RATIO_SAMPLES_MIN ? undefined : part / samples
}

/** Share of a k6 Rate's values that are not zero, over a sliding window. */
export function shareOf(metric: string, seconds: number): LiveMeasure {
  const window = createSlidingWindow({ seconds })
  return {
    metric,
    add({ endUs, value }) {
      window.addSum('samples', endUs, 1)
      if (value !== 0) window.addSum('true', endUs, 1)
    },
    value(lastSecond) {
      const totals = window.read(lastSecond, seconds)
      return ratioOf(totals.sum('true'), totals.sum('samples'))
    },
  }
}

/** A counter per second of a sliding window. */
export function rateOf(metric: string, seconds: number): LiveMeasure {
  const window = createSlidingWindow({ seconds })
  return {
    metric: recorded(metric),
    add: (row) => window.addSum('total', row.endUs, amount(metric, row)),
    value: (lastSecond) => window.read(lastSecond, seconds).sum('total') / seconds,
  }
}

/** A counter, everything up to a second, since the start. */
export function countOf(metric: string): LiveMeasure {
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
