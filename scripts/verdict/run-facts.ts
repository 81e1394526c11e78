import { literal, type SampleDatabase, pathLiteral } from '../samples/sample-database.ts'

/** What k6 counted over a whole run, log-ins and warm-up included. */
export interface RunFacts {
  iterations: number
  droppedIterations: number
  scriptExceptions: number
  authFailures: number
  requests: number
  /** Mean of an iteration. */
  iterationSeconds: number
  /** Most users active at once, as looked at once a second. */
  usersMax: number
  /** Most users that k6 had ready. */
  usersReady: number
  /** From the start of the load to the last sample. */
  elapsedSeconds: number
  /** Samples that lie before k6 was started, or after it had ended. */
  samplesOutOfTime: number
  /** Samples that are no finite number. */
  samplesNotFinite: number
}

const SUMS = {
  iterations: 'iterations',
  droppedIterations: 'dropped_iterations',
  scriptExceptions: 'script_exceptions',
  authFailures: 'auth_failures',
  requests: 'http_reqs',
}

/** Clocks of two processes are read at slightly different moments. */
const SLACK_US = 2_000_000

export interface FactsInput {
  parquet: string
  /** Of the load. */
  startUs: number
  /** When k6 was started and when it had ended, by the clock of the toolkit. */
  processUs: { startUs: number; endUs: number }
}

/** Counts a run from its sample file. */
export async function runFacts(
  database: SampleDatabase,
  { parquet, startUs, processUs }: FactsInput,
): Promise<RunFacts> {
  const sums = Object.entries(SUMS).map(([field, metric]) => {
    return `coalesce(sum(value) FILTER (metric = ${literal(metric)}), 0) AS "${field}"`
  })
  const from = processUs.startUs - SLACK_US
  const to = processUs.endUs + SLACK_US
  const [facts] = await database.rows<RunFacts>(`SELECT ${sums.join(', ')},
  coalesce(avg(value) FILTER (metric = 'iteration_duration'), 0) / 1000 AS "iterationSeconds",
  coalesce(max(value) FILTER (metric = 'vus'), 0) AS "usersMax",
  coalesce(max(value) FILTER (metric = 'vus_max'), 0) AS "usersReady",
  greatest(0, coalesce(max(end_us) - ${startUs}, 0)) / 1e6 AS "elapsedSeconds",
  count(*) FILTER (end_us NOT BETWEEN ${from} AND ${to}) AS "samplesOutOfTime",
  count(*) FILTER (NOT isfinite(value)) AS "samplesNotFinite"
FROM read_parquet(${pathLiteral(parquet)})`)
  if (!facts) throw new Error('Expected one row of facts, got none')
  return facts
}
