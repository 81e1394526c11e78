import type { RunPlan } from '../../../lib/plan.ts'
import type { SampleDatabase } from '../../samples/sample-database.ts'

/** Numbers of one endpoint over the whole run, warm-up and ramps included. */
export interface EndpointRow {
  endpoint: string
  /** Requests. */
  count: number
  ratePerSecond: number
  /** Percentiles of expected responses; undefined when there was none. */
  p50Ms?: number
  p95Ms?: number
  p99Ms?: number
  errors: number
  /** 0 to 1; undefined without requests. */
  errorRatio?: number
}

interface Row {
  value: string | null
  count: number
  errors: number
  p50: number | null
  p95: number | null
  p99: number | null
}

/** Endpoints of a plan that its run is to call. A mix leaves out some operations, so those only they call are optional. */
export function endpointsToCall({ mix, endpoints, optionalEndpoints }: RunPlan): string[] {
  if (mix === undefined) return endpoints
  return endpoints.filter((name) => !optionalEndpoints.includes(name))
}

/**
 * One row for each endpoint: those of the plan first, in its order, also where nothing was sent; then
 * whatever else was requested.
 */
export async function endpointRows(
  database: SampleDatabase,
  endpoints: readonly string[],
  seconds: number,
): Promise<EndpointRow[]> {
  const rows = await rowsBy(database, 'name', seconds)
  const byName = new Map(rows.map((row) => [row.endpoint, row]))
  const names = [...new Set([...endpoints, ...byName.keys()])]
  return names.map((endpoint) => byName.get(endpoint) ?? endpointRow(endpoint, undefined, seconds))
}

/** One row for each value of a column of the requests; the value is called `endpoint` in all of them. */
export async function rowsBy(
  database: SampleDatabase,
  column: string,
  seconds: number,
): Promise<EndpointRow[]> {
  const rows = await database.rows<Row>(`SELECT ${column} AS value, count(*) AS count,
  sum(failed::INT) AS errors, quantile_cont(duration_ms, 0.5) FILTER (NOT failed) AS p50,
  quantile_cont(duration_ms, 0.95) FILTER (NOT failed) AS p95,
  quantile_cont(duration_ms, 0.99) FILTER (NOT failed) AS p99
FROM traffic GROUP BY ALL ORDER BY value`)
  return rows.map((row) => endpointRow(row.value ?? 'without a name', row, seconds))
}

function endpointRow(endpoint: string, row: Row | undefined, seconds: number): EndpointRow {
  const { count = 0, errors = 0, p50 = null, p95 = null, p99 = null } = row ?? {}
  return {
    endpoint,
    count,
    ratePerSecond: seconds > 0 ? count / seconds : 0,
    ...(p50 !== null && { p50Ms: p50 }),
    ...(p95 !== null && { p95Ms: p95 }),
    ...(p99 !== null && { p99Ms: p99 }),
    errors,
    ...(count > 0 && { errorRatio: errors / count }),
  }
}
