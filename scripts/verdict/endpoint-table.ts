import type { SampleDatabase } from '../samples/sample-database.ts'

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
  endpoint: string | null
  count: number
  errors: number
  p50: number | null
  p95: number | null
  p99: number | null
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
  const rows = await database.rows<Row>(`SELECT name AS endpoint, count(*) AS count,
  sum(failed::INT) AS errors, quantile_cont(duration_ms, 0.5) FILTER (NOT failed) AS p50,
  quantile_cont(duration_ms, 0.95) FILTER (NOT failed) AS p95,
  quantile_cont(duration_ms, 0.99) FILTER (NOT failed) AS p99
FROM requests GROUP BY name ORDER BY name`)
  const byName = new Map(rows.map((row) => [row.endpoint ?? 'without a name', row]))
  const names = [...new Set([...endpoints, ...byName.keys()])]
  return names.map((endpoint) => endpointRow(endpoint, byName.get(endpoint), seconds))
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
