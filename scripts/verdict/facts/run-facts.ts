import { REDIRECT_REFUSED } from '../../../lib/plan.ts'
import { INSTANCE_COLUMN } from '../../samples/sample-table.ts'
import { literal, type SampleDatabase, pathLiteral } from '../../samples/sample-database.ts'
import { userCountsSql } from './user-counts.ts'

/** What k6 counted over a whole run, log-ins and warm-up included. */
export interface RunFacts {
  iterations: number
  droppedIterations: number
  scriptExceptions: number
  /** Redirects that led to an origin that nobody has allowed. */
  redirectsRefused: number
  authFailures: number
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
}

/** Clocks of two processes are read at slightly different moments. */
const SLACK_US = 2_000_000

export interface FactsInput {
  parquet: string
  /** Columns of the file. */
  columns: readonly string[]
  /** Of the load. */
  startUs: number
  /** When k6 was started and when it had ended, by the clock of the toolkit. */
  processUs: { startUs: number; endUs: number }
}

/** Counts a run from its sample file. */
export async function runFacts(
  database: SampleDatabase,
  { parquet, columns, startUs, processUs }: FactsInput,
): Promise<RunFacts> {
  const sums = Object.entries(SUMS).map(([field, metric]) => {
    return `coalesce(sum(value) FILTER (metric = ${literal(metric)}), 0) AS "${field}"`
  })
  const refused = columns.includes('reason') ? `reason = ${literal(REDIRECT_REFUSED)}` : 'false'
  const from = processUs.startUs - SLACK_US
  const to = processUs.endUs + SLACK_US
  const file = `read_parquet(${pathLiteral(parquet)})`
  const hasInstances = columns.includes(INSTANCE_COLUMN)
  const users = hasInstances ? `(${userCountsSql(file)})` : file
  const [facts] = await database.rows<
    Omit<RunFacts, 'usersMax' | 'usersReady'>
  >(`SELECT ${sums.join(', ')},
  coalesce(sum(value) FILTER (metric = 'answers_rejected' AND ${refused}), 0) AS "redirectsRefused",
  coalesce(avg(value) FILTER (metric = 'iteration_duration'), 0) / 1000 AS "iterationSeconds",
  greatest(0, coalesce(max(end_us) - ${startUs}, 0)) / 1e6 AS "elapsedSeconds",
  count(*) FILTER (end_us NOT BETWEEN ${from} AND ${to}) AS "samplesOutOfTime",
  count(*) FILTER (NOT isfinite(value)) AS "samplesNotFinite"
FROM ${file}`)
  const [counts] = await database.rows<Pick<RunFacts, 'usersMax' | 'usersReady'>>(`SELECT
  coalesce(max(value) FILTER (metric = 'vus'), 0) AS "usersMax",
  coalesce(max(value) FILTER (metric = 'vus_max'), 0) AS "usersReady" FROM ${users}`)
  if (!facts || !counts) throw new Error('Expected one row of facts, got none')
  return { ...facts, ...counts }
}
