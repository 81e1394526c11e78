import type { RawHistogram } from '../indicators/from-series/histogram.ts'
import type { RawSeries } from '../prometheus/prometheus-api.ts'

/** One number of a dashboard. */
export interface DashboardRow {
  testid: string
  board: string
  panel: string
  /** Name of the series in the panel, or the letter of its query. */
  query: string
  labels: Record<string, string>
  timeMs: number
  /** In Prometheus' notation: `NaN` and `+Inf` are values too. */
  value: string
  unit: string
}

type Place = Pick<DashboardRow, 'testid' | 'board' | 'panel' | 'query' | 'unit'>

/** A row for each value; a native histogram has one for each bucket, told apart by label `bucket`. */
export function rowsOf(place: Place, { metric, values, histograms }: RawSeries): DashboardRow[] {
  const row = (seconds: number, value: string, labels = metric): DashboardRow => {
    return { ...place, labels, timeMs: Math.round(seconds * 1_000), value }
  }
  return [
    ...(values ?? []).map(([seconds, value]) => row(seconds, value)),
    ...(histograms ?? []).flatMap(([seconds, histogram]) =>
      bucketsOf(histogram).map(({ bucket, count }) => row(seconds, count, { ...metric, bucket })),
    ),
  ]
}

// 0: the lower bound is excluded, 1: the upper one, 2: both, 3: none.
const OPENING = ['(', '[', '(', '[']
const CLOSING = [']', ')', ')', ']']

function bucketsOf({ buckets }: RawHistogram): { bucket: string; count: string }[] {
  return (buckets ?? []).map(([rule, lower, upper, count]) => ({
    bucket: `${OPENING[rule] ?? '('}${lower},${upper}${CLOSING[rule] ?? ')'}`,
    count,
  }))
}
