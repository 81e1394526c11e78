import { REQUEST_METRIC } from '../../samples/live-load.ts'
import type { LiveRow } from '../../samples/live-row.ts'
import { createSlidingWindow, secondOf } from '../../samples/sliding-window.ts'
import type { LiveMeasure } from './live-measure.ts'

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
