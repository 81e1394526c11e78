// What the samples show beside the objectives: endpoints that were called, log-ins, failed requests and checks.
import { literal, pathLiteral, type SampleDatabase } from '../../samples/sample-database.ts'
import { judgedPhases } from '../../indicators/judged-span.ts'
import type { Checks, Failures, LogIns } from '../evidence.ts'
import type { Calls } from '../rules/never-called.ts'
import type { TimedPhase } from '../../indicators/timeline.ts'

const SHOWN = 3

/** Of the name of a check that the toolkit makes of each response, after its endpoint (lib/metric-validators.ts). */
const AS_EXPECTED = ' answers as expected'

/** How often each endpoint was called and each operation ran, log-ins and warm-up included. */
export async function callsOf(
  database: SampleDatabase,
  parquet: string,
  columns: readonly string[],
): Promise<Calls> {
  const counted = async (column: string, metric: string): Promise<Map<string, number>> => {
    if (!columns.includes(column)) return new Map()
    const rows = await database.rows<{ name: string; n: number }>(
      `SELECT ${column} AS name, count(*) AS n FROM read_parquet(${pathLiteral(parquet)})
WHERE metric = ${literal(metric)} AND ${column} IS NOT NULL GROUP BY 1`,
    )
    return new Map(rows.map(({ name, n }) => [name, n]))
  }
  return {
    requests: await counted('name', 'http_reqs'),
    iterations: await counted('operation', 'iterations'),
  }
}

/** The log-ins of a run, and those that the target could not answer: 5xx, 429, or no response. */
export async function logInsOf(
  database: SampleDatabase,
  parquet: string,
  columns: readonly string[],
): Promise<LogIns> {
  // Without a log-in of the toolkit's own, what setup() sends comes nearest to one.
  const isLogIn = columns.includes('operation') ? "operation = 'auth'" : 'scenario IS NULL'
  const rows = await database.rows<{ status: string; isUnanswered: boolean; requests: number }>(
    `SELECT coalesce(status, '0') AS status, count(*) AS requests,
  TRY_CAST(coalesce(status, '0') AS INTEGER) >= 500 OR coalesce(status, '0') IN ('0', '429') AS "isUnanswered"
FROM read_parquet(${pathLiteral(parquet)}) WHERE metric = 'http_req_duration' AND ${isLogIn}
GROUP BY 1 ORDER BY requests DESC`,
  )
  const unanswered = rows.filter(({ isUnanswered }) => isUnanswered)
  return { requests: sumOf(rows), unanswered: sumOf(unanswered), statuses: statusesOf(unanswered) }
}

interface StatusRow {
  status: string
  requests: number
}

function sumOf(rows: readonly Pick<StatusRow, 'requests'>[]): number {
  return rows.reduce((sum, { requests }) => sum + requests, 0)
}

/** @param rows the most frequent one first */
function statusesOf(rows: readonly StatusRow[]): string {
  const told = rows.map(({ status, requests }) => {
    return status === '0' ? `${requests} without a response` : `${requests} with status ${status}`
  })
  return told.slice(0, SHOWN).join(', ')
}

/** What failed in the judged phases: of the traffic, and of operations besides. */
export async function allFailures(database: SampleDatabase, input: JudgedInput) {
  return {
    failures: await failuresOf(database, input),
    failuresBeyondRequests: await failuresBeyondRequests(database, input),
  }
}

/** The requests of the judged phases, and how some failed. */
export async function failuresOf(
  database: SampleDatabase,
  { columns, timeline }: JudgedInput,
): Promise<Failures> {
  const judged = `FROM traffic WHERE phase IN (${judgedNames(timeline)})`
  const [counts] = await database.rows<{ requests: number; isOfRequests: boolean }>(
    `SELECT count(*) AS requests, EXISTS (FROM requests) AS "isOfRequests" ${judged}`,
  )
  const { requests = 0, isOfRequests = true } = counts ?? {}
  if (requests > 0 && !isOfRequests) return failedOperations(database, { judged, requests })
  const status = columns.includes('status') ? "coalesce(status, '0')" : "'0'"
  const failed = await database.rows<StatusRow>(
    `SELECT ${status} AS status, count(*) AS requests ${judged} AND failed
GROUP BY 1 ORDER BY requests DESC, status`,
  )
  return { requests, failed: sumOf(failed), statuses: statusesOf(failed) }
}

async function failedOperations(
  database: SampleDatabase,
  { judged, requests }: { judged: string; requests: number },
): Promise<Failures> {
  const rows = await database.rows<{ name: string; requests: number }>(
    `SELECT coalesce(name, 'no name') AS name, count(*) AS requests ${judged} AND failed
GROUP BY 1 ORDER BY requests DESC, name`,
  )
  return failedBy(rows, requests)
}

/**
 * Operations of the judged phases that failed by the word of their script, in a run that sends requests too: no
 * request shows what a WebSocket or a gRPC service did wrong.
 */
async function failuresBeyondRequests(
  database: SampleDatabase,
  { columns, timeline }: JudgedInput,
): Promise<Failures | undefined> {
  if (!columns.includes('operation') || !columns.includes('name')) return undefined
  const judged = `FROM samples WHERE phase IN (${judgedNames(timeline)})`
  const [counts] = await database.rows<{ requests: number }>(
    `SELECT count(*) AS requests ${judged} AND metric = 'operation_duration'`,
  )
  const rows = await database.rows<{ name: string; requests: number }>(
    `SELECT name, CAST(sum(value) AS BIGINT) AS requests ${judged} AND metric = 'answers_rejected' AND name = operation
GROUP BY 1 ORDER BY requests DESC, name`,
  )
  return failedBy(rows, counts?.requests ?? 0)
}

// Rows with the most failures come first.
function failedBy(rows: readonly { name: string; requests: number }[], requests: number): Failures {
  const told = rows.map(({ name, requests: count }) => `${count} of ${name}`)
  const statuses = told.slice(0, SHOWN).join(', ')
  return { of: 'operation', requests, failed: sumOf(rows), statuses }
}

function judgedNames(timeline: readonly TimedPhase[]): string {
  return judgedPhases(undefined, timeline).map(literal).join(', ') || 'NULL'
}

export interface JudgedInput {
  columns: readonly string[]
  timeline: readonly TimedPhase[]
}

/** The checks of the judged phases, and why some failed. */
export async function checksOf(
  database: SampleDatabase,
  { columns, timeline }: JudgedInput,
): Promise<Checks> {
  const judged = `FROM samples WHERE phase IN (${judgedNames(timeline)})`
  const [counts] = await database.rows<{ checks: number; rejected: number }>(
    `SELECT count(*) AS checks, count(*) FILTER (value = 0) AS rejected ${judged} AND metric = 'checks'`,
  )
  const { checks = 0, rejected = 0 } = counts ?? {}
  if (rejected === 0) return { checks, rejected, reasons: '' }
  const name = columns.includes('check') ? `coalesce("check", 'a check')` : "'a check'"
  const failed = `SELECT ${name} AS why, count(*) AS n ${judged} AND metric = 'checks' AND value = 0`
  // A check of the toolkit's own says less than the reason that it counts.
  const ways = columns.includes('reason')
    ? `SELECT coalesce(reason, 'unknown') AS why, CAST(sum(value) AS BIGINT) AS n ${judged} AND metric = 'answers_rejected'
GROUP BY 1 UNION ALL ${failed} AND NOT ends_with(${name}, ${literal(AS_EXPECTED)}) GROUP BY 1`
    : `${failed} GROUP BY 1`
  const rows = await database.rows<{ why: string }>(`${ways} ORDER BY n DESC, why LIMIT ${SHOWN}`)
  return { checks, rejected, reasons: rows.map(({ why }) => why).join(', ') }
}
