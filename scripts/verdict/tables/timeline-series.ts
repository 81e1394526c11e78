import type { SampleDatabase } from '../../samples/sample-database.ts'

/** The run over time, for charts; one entry in each list for every step. Plain JSON. */
export interface TimelineSeries {
  /** Start of the load, milliseconds since 1970. */
  startMs: number
  stepSeconds: number
  /** Steps since the start of the load. */
  step: number[]
  users: (number | null)[]
  requestsPerSecond: number[]
  errorsPerSecond: number[]
  droppedPerSecond: number[]
  /** Of expected responses that began in the step; null where there were none. */
  p50Ms: (number | null)[]
  p95Ms: (number | null)[]
  p99Ms: (number | null)[]
}

/** More would be finer than a screen, and grow the report. */
const STEPS_MAX = 600

export interface SeriesInput {
  startMs: number
  /** Length of the run. */
  seconds: number
}

/** Length of a step: whole seconds, so that a long run has no more steps than a screen shows. */
export function stepSecondsOf({ seconds }: Pick<SeriesInput, 'seconds'>, most = STEPS_MAX): number {
  return Math.max(1, Math.ceil(seconds / most))
}

/** Counts and exact percentiles of each step, over the judged tables. */
export async function timelineSeries(
  database: SampleDatabase,
  input: SeriesInput,
): Promise<TimelineSeries> {
  const stepSeconds = stepSecondsOf(input)
  const step = stepSql(input, stepSeconds)
  const requests = await database.rows<RequestStep>(`SELECT ${step} AS step, count(*) AS requests,
  sum(failed::INT) AS errors, quantile_cont(duration_ms, [0.5, 0.95, 0.99]) FILTER (NOT failed) AS ms
FROM traffic GROUP BY 1`)
  const others = await database.rows<OtherStep>(`SELECT ${step} AS step,
  max(value) FILTER (metric = 'vus') AS users,
  coalesce(sum(value) FILTER (metric = 'dropped_iterations'), 0) AS dropped
FROM samples WHERE metric IN ('vus', 'dropped_iterations') GROUP BY 1`)
  const requestsAt = new Map(requests.map((row) => [row.step, row]))
  const othersAt = new Map(others.map((row) => [row.step, row]))
  const steps = Array.from({ length: Math.ceil(input.seconds / stepSeconds) }, (_, index) => index)
  const of = (index: number): number[] => requestsAt.get(index)?.ms ?? []
  return {
    startMs: input.startMs,
    stepSeconds,
    step: steps,
    users: steps.map((index) => othersAt.get(index)?.users ?? null),
    requestsPerSecond: steps.map((index) => (requestsAt.get(index)?.requests ?? 0) / stepSeconds),
    errorsPerSecond: steps.map((index) => (requestsAt.get(index)?.errors ?? 0) / stepSeconds),
    droppedPerSecond: steps.map((index) => (othersAt.get(index)?.dropped ?? 0) / stepSeconds),
    p50Ms: steps.map((index) => of(index)[0] ?? null),
    p95Ms: steps.map((index) => of(index)[1] ?? null),
    p99Ms: steps.map((index) => of(index)[2] ?? null),
  }
}

interface RequestStep {
  step: number
  requests: number
  errors: number
  /** p50, p95, p99. */
  ms: number[] | null
}

interface OtherStep {
  step: number
  users: number | null
  dropped: number
}

/** SQL for the step that a row is in. */
export function stepSql({ startMs }: Pick<SeriesInput, 'startMs'>, stepSeconds: number): string {
  return `CAST(floor((at_us - ${startMs * 1_000}) / ${stepSeconds * 1_000_000}) AS BIGINT)`
}
