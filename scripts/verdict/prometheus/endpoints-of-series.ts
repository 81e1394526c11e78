import type { EndpointRow } from '../tables/endpoint-table.ts'
import { addHistograms, percentileOf } from '../../indicators/from-series/histogram.ts'
import { isOfUsers } from '../../indicators/from-series/judged-series.ts'
import {
  type LastValue,
  type RunInPrometheus,
  sumOf,
  valuesOf,
} from '../../indicators/from-series/run-series.ts'

/** One row for each endpoint, warm-up and ramps included; those of the plan first. */
export function endpointsOf(
  run: RunInPrometheus,
  endpoints: readonly string[],
  seconds: number,
): EndpointRow[] {
  return rowsBy(run, { label: 'name', known: endpoints, seconds })
}

/** One row for each region; none for a run without regions. */
export function regionsOf(
  run: RunInPrometheus,
  regions: readonly string[],
  seconds: number,
): EndpointRow[] {
  return regions.length === 0 ? [] : rowsBy(run, { label: 'region', known: regions, seconds })
}

interface Grouping {
  label: string
  /** Values of the label that have a row in any case. */
  known: readonly string[]
  seconds: number
}

// The value of the label is called `endpoint` in all of them.
function rowsBy(run: RunInPrometheus, { label, known, seconds }: Grouping): EndpointRow[] {
  const requests = valuesOf(run, 'k6_http_reqs_total').filter(({ labels }) => isOfUsers(labels))
  const durations = (run.histograms.get('http_req_duration_seconds') ?? []).filter(
    ({ labels }) => isOfUsers(labels) && labels['expected_response'] !== 'false',
  )
  const valueOf = ({ labels }: Pick<LastValue, 'labels'>): string =>
    labels[label] ?? `without a ${label}`
  const values = [...new Set([...known, ...requests.map(valueOf)])]
  return values.map((value) => {
    const mine = requests.filter((each) => valueOf(each) === value)
    const count = sumOf(mine)
    const errors = sumOf(mine.filter(({ labels }) => labels['expected_response'] === 'false'))
    const histogram = addHistograms(
      durations.filter((each) => valueOf(each) === value).map((each) => each.histogram),
    )
    const [p50, p95, p99] = [50, 95, 99].map((each) => percentileOf(histogram, each)?.value)
    return {
      endpoint: value,
      count,
      ratePerSecond: seconds > 0 ? count / seconds : 0,
      ...(p50 !== undefined && { p50Ms: p50 * 1_000 }),
      ...(p95 !== undefined && { p95Ms: p95 * 1_000 }),
      ...(p99 !== undefined && { p99Ms: p99 * 1_000 }),
      errors,
      ...(count > 0 && { errorRatio: errors / count }),
    }
  })
}
