// Pure. An SLA file from what a run measured: a place to begin, with room to what was seen.
import type { VerdictFile } from '../verdict/verdict-file.ts'

/** One line of it, as a person would write it. */
interface Suggested {
  id: string
  description: string
  indicator: string | Record<string, string>
  limit: string
  each?: 'endpoint'
}

export interface SuggestedSla {
  workload: string
  objectives: Suggested[]
}

/** Twice as slow as it was is a change that somebody notices. */
const LATENCY_ROOM = 1.5

/** More endpoints than a person reads are judged together. */
const ENDPOINTS_MAX = 20

/** Fewest samples that a p95 means anything with. */
const SAMPLES_MIN = 200

/** The SLA file that this run would have met, with room. */
export function suggestedSla(file: VerdictFile): SuggestedSla {
  const { endpoints, run } = file
  const requests = endpoints.reduce((sum, { count }) => sum + count, 0)
  const errors = endpoints.reduce((sum, each) => sum + each.errors, 0)
  return {
    workload: run.workload,
    objectives: [
      ...(requests > 0 ? [errorObjective(errors / requests)] : []),
      ...latencyObjectives(file, requests),
    ],
  }
}

function errorObjective(ratio: number): Suggested {
  const percent = Math.max(1, upTo2Digits(ratio * 100 * 2))
  const description = `${shown(ratio * 100)} % failed when this was suggested`
  return {
    id: 'errors',
    description,
    indicator: 'error-ratio',
    limit: `< ${Math.min(percent, 99)}%`,
  }
}

function latencyObjectives({ series, endpoints }: VerdictFile, requests: number): Suggested[] {
  const percentile = requests >= SAMPLES_MIN ? 95 : 50
  const measured = series.percentiles.find((each) => each.percentile === percentile)?.ms
  const of = (ms: number): Pick<Suggested, 'description' | 'indicator' | 'limit'> => ({
    description: `${shown(ms)} ms when this was suggested`,
    indicator: { latency: `p${percentile}` },
    limit: `< ${upTo2Digits(ms * LATENCY_ROOM)}ms`,
  })
  const all = measured === undefined ? [] : [{ id: `latency-p${percentile}`, ...of(measured) }]
  const known = endpoints.flatMap(({ count, p95Ms }) => {
    return count >= SAMPLES_MIN && p95Ms !== undefined ? [p95Ms] : []
  })
  const isEach = known.length > 1 && known.length === endpoints.length
  if (!isEach || endpoints.length > ENDPOINTS_MAX) return all
  const slowest = of(Math.max(...known))
  return [...all, { id: 'every-endpoint-p95', ...slowest, each: 'endpoint' }]
}

/** 0.0123 -> 0.013: never less than it is. */
function upTo2Digits(value: number): number {
  if (value <= 0) return 1
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1)
  return Number((Math.ceil(value / unit) * unit).toPrecision(3))
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)))
}
