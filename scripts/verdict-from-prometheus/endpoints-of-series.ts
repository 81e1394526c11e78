import type { EndpointRow } from '../verdict/tables/endpoint-table.ts'
import { addHistograms, percentileOf } from '../indicators/from-series/histogram.ts'
import { isOfUsers } from '../indicators/from-series/judged-series.ts'
import {
  durationTrend,
  type LastHistogram,
  type LastValue,
  REQUESTS,
  type RunInPrometheus,
  sumOf,
  valuesOf,
} from '../indicators/from-series/run-series.ts'
import type { Traffic } from '../verdict/facts/judged-tables.ts'

/** One row for each endpoint, warm-up and ramps included; those of the plan first. */
export function endpointsOf(
  run: RunInPrometheus,
  endpoints: readonly string[],
  seconds: number,
): EndpointRow[] {
  return rowsBy(requestsIn(run), { label: 'name', known: endpoints, seconds })
}

/** One row for each operation; those of the plan first. */
export function operationsOf(
  run: RunInPrometheus,
  operations: readonly string[],
  seconds: number,
): EndpointRow[] {
  return rowsBy(operationsIn(run), { label: 'operation', known: operations, seconds })
}

/** One row for each region, of its requests or operations; none for a run without regions. */
export function regionsOf(
  run: RunInPrometheus,
  regions: readonly string[],
  { seconds, traffic }: { seconds: number; traffic: Traffic },
): EndpointRow[] {
  if (regions.length === 0) return []
  const events = traffic === 'operations' ? operationsIn(run) : requestsIn(run)
  return rowsBy(events, { label: 'region', known: regions, seconds })
}

/** What rows are made of. */
interface Events {
  counts: readonly LastValue[]
  durations: readonly LastHistogram[]
}

function requestsIn(run: RunInPrometheus): Events {
  const counts = valuesOf(run, REQUESTS).filter(({ labels }) => isOfUsers(labels))
  return { counts, durations: durationsIn(run, {}) }
}

// Of operations k6 has the durations alone: each of them is one.
function operationsIn(run: RunInPrometheus): Events {
  const durations = durationsIn(run, { of: 'operation' })
  const counts = durations.map(({ labels, histogram: { count } }) => ({ labels, value: count }))
  return { counts, durations }
}

function durationsIn(
  run: RunInPrometheus,
  of: Parameters<typeof durationTrend>[0],
): LastHistogram[] {
  const all = run.histograms.get(durationTrend(of)) ?? []
  return all.filter(({ labels }) => isOfUsers(labels))
}

interface Grouping {
  label: string
  /** Values of the label that have a row in any case. */
  known: readonly string[]
  seconds: number
}

// The value of the label is called `endpoint` in all of them.
function rowsBy({ counts, durations }: Events, { label, known, seconds }: Grouping): EndpointRow[] {
  const valueOf = ({ labels }: Pick<LastValue, 'labels'>): string =>
    labels[label] ?? `without a ${label}`
  const good = durations.filter(({ labels }) => labels['expected_response'] !== 'false')
  const values = [...new Set([...known, ...counts.map(valueOf)])]
  return values.map((value) => {
    const mine = counts.filter((each) => valueOf(each) === value)
    const count = sumOf(mine)
    const errors = sumOf(mine.filter(({ labels }) => labels['expected_response'] === 'false'))
    const histogram = addHistograms(
      good.filter((each) => valueOf(each) === value).map((each) => each.histogram),
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
