import { pathLiteral, type SampleDatabase } from '../../samples/sample-database.ts'
import type { ScenarioCount } from '../evidence.ts'

/** What each k6 scenario did, by its name. */
export async function scenarioCounts(
  database: SampleDatabase,
  parquet: string,
  columns: readonly string[],
): Promise<Map<string, ScenarioCount>> {
  if (!columns.includes('scenario')) return new Map()
  const rows = await database.rows<ScenarioCount & { name: string }>(
    `SELECT scenario AS name, coalesce(sum(value) FILTER (metric = 'iterations'), 0) AS iterations,
  coalesce(sum(value) FILTER (metric = 'dropped_iterations'), 0) AS dropped
FROM read_parquet(${pathLiteral(parquet)})
WHERE metric IN ('iterations', 'dropped_iterations') AND scenario IS NOT NULL GROUP BY 1`,
  )
  return new Map(rows.map(({ name, iterations, dropped }) => [name, { iterations, dropped }]))
}
