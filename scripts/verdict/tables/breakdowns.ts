import { identifier, type SampleDatabase } from '../../samples/sample-database.ts'
import { type EndpointRow, rowsBy } from './endpoint-table.ts'

/** Requests by the values of one tag, such as region. */
export interface Breakdown {
  tag: string
  rows: EndpointRow[]
}

/** Requests that failed in the same way. */
export interface ErrorGroup {
  endpoint: string
  status: string
  /** k6's own code, such as 1212; missing for an answer with an HTTP status. */
  errorCode?: string
  requests: number
  /** When the first one began, milliseconds since 1970. */
  firstAtMs: number
}

/** Answers that were rejected for the same reason. */
export interface RejectionGroup {
  endpoint: string
  reason: string
  answers: number
}

/** Tags whose values are worth a table, where the samples have them. */
const TAGS = ['operation', 'region', 'segment', 'technique']

const GROUPS_MAX = 50

/** A table for each tag that has more than one value. */
export async function breakdowns(
  database: SampleDatabase,
  columns: readonly string[],
  seconds: number,
): Promise<Breakdown[]> {
  const found: Breakdown[] = []
  for (const tag of TAGS.filter((each) => columns.includes(each))) {
    const rows = await rowsBy(database, identifier(tag), seconds)
    if (rows.length > 1) found.push({ tag, rows })
  }
  return found
}

/** What failed, the most frequent first. */
export async function errorGroups(
  database: SampleDatabase,
  columns: readonly string[],
): Promise<ErrorGroup[]> {
  const code = columns.includes('error_code') ? 'error_code' : 'NULL'
  const status = columns.includes('status') ? 'status' : 'NULL'
  const rows = await database.rows<{
    endpoint: string | null
    status: string | null
    code: string | null
    requests: number
    at: number
  }>(`SELECT name AS endpoint, ${status} AS status, ${code} AS code, count(*) AS requests, min(at_us) AS at
FROM traffic WHERE failed GROUP BY 1, 2, 3 ORDER BY requests DESC, 1, 2, 3 LIMIT ${GROUPS_MAX}`)
  return rows.map((row) => ({
    endpoint: row.endpoint ?? 'without a name',
    status: row.status ?? '0',
    ...(row.code !== null && { errorCode: row.code }),
    requests: row.requests,
    firstAtMs: row.at / 1_000,
  }))
}

/** Why answers were not as expected, the most frequent reason first. */
export async function rejectionGroups(
  database: SampleDatabase,
  columns: readonly string[],
): Promise<RejectionGroup[]> {
  if (!columns.includes('reason')) return []
  return database.rows<RejectionGroup>(`SELECT coalesce(name, 'without a name') AS endpoint,
  coalesce(reason, 'unknown') AS reason, CAST(sum(value) AS BIGINT) AS answers
FROM samples WHERE metric = 'answers_rejected' GROUP BY 1, 2 ORDER BY answers DESC LIMIT ${GROUPS_MAX}`)
}
