import type { SampleDatabase } from '../../samples/sample-database.ts'

/** The requests that a run began with. */
export interface FirstRequests {
  requests: number
  failed: number
}

/** How long the requests of one endpoint took together. */
export interface EndpointTime {
  endpoint: string
  requests: number
  failed: number
  totalMs: number
}

/** k6 Cloud looks at the first 100 iterations for its insight "high HTTP failure rate". */
const FIRST = 100

/** Counts the first requests of the load; log-ins are no part of it. */
export async function readFirstRequests(database: SampleDatabase): Promise<FirstRequests> {
  const [row] = await database.rows<FirstRequests>(`SELECT count(*) AS requests,
  coalesce(sum(failed::INT), 0) AS failed
FROM (SELECT failed FROM requests ORDER BY at_us LIMIT ${FIRST})`)
  return row ?? { requests: 0, failed: 0 }
}

/** Requests, failures and time of each endpoint, the longest time first. */
export async function readEndpointTimes(database: SampleDatabase): Promise<EndpointTime[]> {
  return database.rows<EndpointTime>(`SELECT coalesce(name, 'without a name') AS endpoint,
  count(*) AS requests, sum(failed::INT) AS failed, sum(duration_ms) AS "totalMs"
FROM requests GROUP BY 1 ORDER BY 4 DESC, 1`)
}
