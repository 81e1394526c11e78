import {
  identifier,
  literal,
  type SampleDatabase,
  pathLiteral,
} from '../../samples/sample-database.ts'
import { INSTANCE_COLUMN } from '../../samples/sample-table.ts'
import { JUDGED_NEVER, JUDGED_TAG, OPERATION_DURATION } from '../../../lib/plan.ts'
import { chainedRequestsSql, isRedirect, isRequest, type RedirectFacts } from './redirect-chains.ts'
import type { TimedPhase } from '../../indicators/timeline.ts'
import { USER_GAUGES, userCountsSql } from './user-counts.ts'

/** SQL of what objectives are computed from; all have `at_us`, `phase` and a column for each tag. */
export type TablesSql = Record<'requests' | 'operations' | 'samples', string>

/** Columns of the sample file that the tables say in another way. */
const REPLACED = ['metric', 'end_us', 'value', 'phase']

/**
 * The SQL that makes the tables from `samples.parquet`; also the first thing to run for someone who
 * repeats the SQL of an objective. All have `at_us`, `phase` and a column for each tag.
 *
 * - `requests`: one row for each, at its start (k6 stamps the end), with `duration_ms` and `failed`. Its `phase` is
 *   that of the plan at its start, and missing before and after the plan.
 * - `operations`: one row for each, like those of requests; its `name` is the operation.
 * - `samples`: every other value, at the time k6 gave it. Its `phase` is the one in which its iteration began, so that
 *   the check of a request that hung is judged with that request; without that tag, the one at its time. The VUs of
 *   several instances are added up.
 *
 * A chain of redirects is one request. Log-ins, setup(), teardown() and whatever is tagged `judged=no` are left out:
 * they are nobody's service level.
 */
export function judgedTablesSql(
  parquet: string,
  columns: readonly string[],
  { timeline, redirects }: JudgedTablesInput,
): TablesSql {
  const tags = columns.filter((name) => !REPLACED.includes(name)).map(identifier)
  const rest = tags.length > 0 ? `, ${tags.join(', ')}` : ''
  const file = `read_parquet(${pathLiteral(parquet)})`
  const ofUsers = usersOnly(columns)
  const gauges = USER_GAUGES.map(literal).join(', ')
  const hasInstances = columns.includes(INSTANCE_COLUMN)
  const users = hasInstances
    ? `
UNION ALL BY NAME SELECT metric, at_us, value, ${phaseAt('at_us', timeline)} AS phase FROM (${userCountsSql(file)})`
    : ''
  const wanted = hasInstances
    ? `${ofUsers} AND metric NOT IN (${gauges})`
    : `(${ofUsers} OR metric IN (${gauges}))`
  const samplePhase = phaseOfSample(columns, timeline)
  const single = (
    from: string,
  ): string => `SELECT end_us - CAST(round(value * 1000) AS BIGINT) AS at_us,
    value AS duration_ms, ${failed(columns)} AS failed${rest}
  FROM ${from} WHERE ${isRequest(columns)} AND isfinite(value)`
  const chains = (from: string): string => `SELECT k6v_began_us AS at_us,
    value AS duration_ms, ${failed(columns)} OR k6v_is_lost AS failed${rest}
  FROM (${redirects ? chainedRequestsSql(from, columns, redirects) : from}) WHERE true`
  return {
    requests: `SELECT *, ${phaseAt('at_us', timeline)} AS phase FROM (
  ${redirects ? chains(file) : single(file)} AND ${ofUsers})`,
    operations: `SELECT *, ${phaseAt('at_us', timeline)} AS phase FROM (
  ${operationsSql(file, columns)} AND ${ofUsers})`,
    samples: `SELECT metric, end_us AS at_us, value, ${samplePhase} AS phase${rest}
  FROM ${file} WHERE isfinite(value) AND ${wanted}${users}`,
  }
}

// One that does not say how it ended counts as failed, as a request does.
function operationsSql(file: string, columns: readonly string[]): string {
  const tags = columns.filter((column) => ![...REPLACED, 'name'].includes(column))
  const name = columns.includes('operation') ? 'operation' : 'CAST(NULL AS VARCHAR)'
  const outcome = columns.includes('expected_response')
    ? "coalesce(expected_response = 'false', true)"
    : 'true'
  const rest = tags.map((tag) => `, ${identifier(tag)}`).join('')
  return `SELECT end_us - CAST(round(value * 1000) AS BIGINT) AS at_us,
    value AS duration_ms, ${outcome} AS failed, ${name} AS "name"${rest}
  FROM ${file} WHERE metric = ${literal(OPERATION_DURATION)} AND isfinite(value)`
}

/** What the tables need to know besides the columns of the file. */
export interface JudgedTablesInput {
  timeline: readonly TimedPhase[]
  /** Set where k6 may have followed redirects. */
  redirects?: RedirectFacts | undefined
}

/** Whether the tables of a recording have to join chains of redirects. */
export async function hasRedirects(
  database: SampleDatabase,
  parquet: string,
  columns: readonly string[],
): Promise<boolean> {
  const [found] = await database.rows<{ n: number }>(
    `SELECT count(*) AS n FROM read_parquet(${pathLiteral(parquet)})
WHERE metric = 'http_req_duration' AND ${isRedirect(columns)}`,
  )
  return (found?.n ?? 0) > 0
}

/** What a run is counted in where no objective says so: requests, or operations where it sent none by HTTP. */
export type Traffic = 'requests' | 'operations'

/**
 * Makes the tables, and the view `traffic` of what timelines, tables and standstills count. Requests are kept in
 * memory, since most objectives read them.
 */
export async function createJudgedTables(
  database: SampleDatabase,
  sql: TablesSql,
): Promise<Traffic> {
  await database.run(`CREATE TABLE requests AS ${sql.requests}`)
  await database.run(`CREATE VIEW operations AS ${sql.operations}`)
  await database.run(`CREATE VIEW samples AS ${sql.samples}`)
  const [found] = await database.rows<{ isOfOperations: boolean }>(
    `SELECT NOT EXISTS (FROM requests) AND EXISTS (FROM operations) AS "isOfOperations"`,
  )
  const traffic = found?.isOfOperations ? 'operations' : 'requests'
  await database.run(`CREATE VIEW traffic AS SELECT * FROM ${traffic}`)
  return traffic
}

// setup() and teardown() belong to no k6 scenario.
function usersOnly(columns: readonly string[]): string {
  const conditions = [
    ...(columns.includes('scenario') ? ['scenario IS NOT NULL'] : []),
    ...(columns.includes('operation') ? ["operation IS DISTINCT FROM 'auth'"] : []),
    ...(columns.includes(JUDGED_TAG)
      ? [`${JUDGED_TAG} IS DISTINCT FROM ${literal(JUDGED_NEVER)}`]
      : []),
  ]
  return conditions.length === 0 ? 'true' : `(${conditions.join(' AND ')})`
}

// After the plan only iterations that began in its last phase are still under way.
function phaseOfSample(columns: readonly string[], timeline: readonly TimedPhase[]): string {
  const last = timeline.at(-1)
  if (!last) return 'NULL'
  const byTime = `CASE WHEN end_us >= ${last.endUs} THEN ${literal(last.name)} ELSE ${phaseAt('end_us', timeline)} END`
  if (!columns.includes('phase')) return byTime
  const names = [...new Set(timeline.map(({ name }) => name))].map(literal).join(', ')
  return `CASE WHEN phase IN (${names}) THEN phase ELSE ${byTime} END`
}

// A script may tell k6 to expect nothing; then the status has to say it.
function failed(columns: readonly string[]): string {
  const ways = [
    ...(columns.includes('expected_response') ? ["expected_response = 'false'"] : []),
    ...(columns.includes('status') ? ['TRY_CAST(status AS INTEGER) NOT BETWEEN 200 AND 399'] : []),
  ]
  return `coalesce(${[...ways, 'true'].join(', ')})`
}

function phaseAt(column: string, timeline: readonly TimedPhase[]): string {
  const first = timeline[0]
  if (!first) return 'NULL'
  const cases = timeline.map(({ name, endUs }) => `WHEN ${column} < ${endUs} THEN ${literal(name)}`)
  return `CASE WHEN ${column} < ${first.startUs} THEN NULL ${cases.join(' ')} END`
}
