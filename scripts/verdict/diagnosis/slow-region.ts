import { minimumSamples } from '../../indicators/missed-by-few.ts'
import { median } from '../../statistics/quantile.ts'
import { type Diagnosis, number } from './diagnosis.ts'
import type { DiagnosisFacts } from './diagnosis-facts.ts'

/** As slow as the others' median: what users call another service. */
const TIMES_MIN = 2

/** Less nobody notices, whatever the factor. */
const MORE_MS_MIN = 20

/** One region answers much more slowly than the others. */
export function slowRegion({ series }: DiagnosisFacts): Diagnosis[] {
  const rows = series.breakdowns.find(({ tag }) => tag === 'region')?.rows ?? []
  const known = rows
    .flatMap(({ endpoint: region, p95Ms, count }) => {
      return p95Ms !== undefined && count >= minimumSamples(95) ? [{ region, p95Ms }] : []
    })
    .sort((one, other) => other.p95Ms - one.p95Ms)
  const [slowest, ...others] = known
  if (!slowest || others.length === 0) return []
  const usualMs = median(others.map(({ p95Ms }) => p95Ms))
  if (slowest.p95Ms < TIMES_MIN * usualMs || slowest.p95Ms - usualMs < MORE_MS_MIN) return []
  return [
    {
      id: 'slow-region',
      title: 'One region is much slower',
      text: `The p95 of ${slowest.region} is ${number(slowest.p95Ms)} ms, that of the others ${number(usualMs)} ms (median).`,
      advice:
        'Distance adds a fixed time to all requests: compare the p50 too, then look at what that region lacks.',
      severity: 'info',
    },
  ]
}
