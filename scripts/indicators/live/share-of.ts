import { createSlidingWindow } from '../../samples/sliding-window.ts'
import { type LiveMeasure, ratioOf } from './live-measure.ts'

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
