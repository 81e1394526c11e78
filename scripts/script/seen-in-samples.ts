import type { ScenarioLoad } from '../../lib/plan.ts'
import { literal, pathLiteral, type SampleDatabase } from '../samples/sample-database.ts'

/** What the samples of a script tell that it has not said itself. */
export interface SeenInSamples {
  /** Start of the load, microseconds since 1970. */
  startUs: number | undefined
  /** Names of its requests. */
  endpoints: string[]
  /** Hosts that requests without a name went to, and the addresses of all others. */
  reached: string[]
}

export interface SeenInput {
  parquet: string
  columns: readonly string[]
  script: readonly ScenarioLoad[]
}

/** Reads when a script began, and whom it has called. */
export async function seenInSamples(
  database: SampleDatabase,
  input: SeenInput,
): Promise<SeenInSamples> {
  const file = `read_parquet(${pathLiteral(input.parquet)})`
  const names = input.columns.includes('name')
    ? await database.rows<{ name: string }>(
        `SELECT DISTINCT name FROM ${file} WHERE metric = 'http_reqs' AND name IS NOT NULL ORDER BY 1`,
      )
    : []
  return {
    startUs: await startOf(database, file, input),
    endpoints: names.map(({ name }) => name),
    reached: await reachedIn(database, file, input.columns),
  }
}

// A scenario that starts later begins with its first iteration too.
async function startOf(
  database: SampleDatabase,
  file: string,
  { columns, script }: SeenInput,
): Promise<number | undefined> {
  if (!columns.includes('scenario')) return undefined
  const delays = script.map(({ name, startSeconds }) => {
    return `WHEN ${literal(name)} THEN ${Math.round(startSeconds * 1e6)}`
  })
  const delay = delays.length === 0 ? '0' : `(CASE scenario ${delays.join(' ')} ELSE 0 END)`
  const began = `end_us - CAST(round(value * 1000) AS BIGINT) - ${delay}`
  const [found] = await database.rows<{ us: number | null }>(
    `SELECT min(${began}) AS us FROM ${file}
WHERE metric IN ('iteration_duration', 'http_req_duration') AND scenario IS NOT NULL`,
  )
  return found?.us ?? undefined
}

const WITH_HOST = ['http_reqs', 'ws_sessions', 'grpc_req_duration']

async function reachedIn(
  database: SampleDatabase,
  file: string,
  columns: readonly string[],
): Promise<string[]> {
  const urls = ['name', 'url'].filter((column) => columns.includes(column))
  const hosts = urls.map(
    (column) => `regexp_extract(${column}, '^[a-z+]+://(?:[^/?#]*@)?([^/?#]+)', 1)`,
  )
  const address = columns.includes('ip') ? [`ip`] : []
  const where = `metric IN (${WITH_HOST.map(literal).join(', ')})`
  const one = `coalesce(${[...hosts.map((host) => `nullif(${host}, '')`), ...address, 'NULL'].join(', ')})`
  const rows = await database.rows<{ host: string }>(
    `SELECT DISTINCT ${one} AS host FROM ${file} WHERE ${where} AND ${one} IS NOT NULL ORDER BY 1 LIMIT 1000`,
  )
  return rows.map(({ host }) => host)
}
