import { measuredOf } from '../measured.ts'
import type { Objective } from '../objective.ts'
import { valuesOf } from './run-series.ts'
import { durationTrend, REQUESTS, type Selected } from './series-context.ts'

/** Requests or operations in Prometheus, counted. */
export interface SeriesEvents {
  total: number
  failed: number
  /** PromQL that counts those with some more matchers. */
  countOf: (matchers: string) => string
}

/** Counts what an objective is of: k6 counts requests, and the histogram of their durations operations. */
export function seriesEvents(
  objective: Pick<Objective, 'of'>,
  { run, selection }: Selected,
): SeriesEvents {
  const trend = durationTrend(objective)
  const isOfRequests = measuredOf(objective).table === 'requests'
  const counted = isOfRequests
    ? valuesOf(run, REQUESTS)
    : (run.histograms.get(trend) ?? []).map(({ labels, histogram }) => {
        return { labels, value: histogram.count }
      })
  const chosen = counted.filter(({ labels }) => selection.matches(labels))
  const sumOf = (some: typeof chosen): number => some.reduce((sum, { value }) => sum + value, 0)
  return {
    total: sumOf(chosen),
    failed: sumOf(chosen.filter(({ labels }) => labels['expected_response'] === 'false')),
    countOf: (more) => {
      const of = `{${selection.matchers}${more}}`
      return isOfRequests ? `sum(${REQUESTS}${of})` : `histogram_count(sum(k6_${trend}${of}))`
    },
  }
}
