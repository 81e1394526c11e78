import { type Diagnosis, number } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** k6 itself warns at 100,000 and again at each doubling; a tenth is already slow to chart. */
const SERIES_MAX = 10_000

/** Metrics that each request has, with all of its tags: http_reqs, http_req_failed and seven times. */
const METRICS_PER_REQUEST = 9

/** Tags that differ for every request: memory of k6, and money of a service for metrics. */
export function tooManySeries({ seriesCount }: DiagnosisFacts): Diagnosis[] {
  const series = seriesCount.combinations * METRICS_PER_REQUEST
  if (series <= SERIES_MAX) return []
  const tags = seriesCount.tags.map(({ tag, values }) => `${tag} (${number(values)} values)`)
  return [
    {
      id: 'too-many-series',
      title: 'Too many series',
      text: `The tags of the requests make at least ${number(series)} series, most of all ${tags.join(' and ')}.`,
      advice: 'Keep ids, times and texts out of tags: k6 holds every series in memory.',
      severity: 'warning',
    },
  ]
}
