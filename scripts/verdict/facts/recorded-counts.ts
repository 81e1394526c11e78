import { pathLiteral, type SampleDatabase, identifier } from '../../samples/sample-database.ts'
import { INSTANCE_COLUMN } from '../../samples/sample-table.ts'
import type { ScenarioCount } from '../evidence.ts'

/** What was recorded of each metric. */
export type MetricCounts = Readonly<Record<string, { samples: number; sum: number }>>

/** Of the only k6 of a run under the name '', else of each under its own. */
export type RecordedCounts = Readonly<Record<string, MetricCounts>>

export interface RecordedTable {
  parquet: string
  /** Of several k6: the column `instance` is theirs, and no tag of the script's. */
  isOfSeveral: boolean
}

/** Counts the samples of each metric in a sample file, and adds them up. */
export async function recordedCounts(
  database: SampleDatabase,
  { parquet, isOfSeveral }: RecordedTable,
): Promise<RecordedCounts> {
  const instance = isOfSeveral ? identifier(INSTANCE_COLUMN) : "''"
  const rows = await database.rows<{ name: string; metric: string; samples: number; sum: number }>(
    `SELECT ${instance} AS name, metric, count(*) AS samples, sum(value) AS sum FROM read_parquet(${pathLiteral(parquet)}) GROUP BY ALL`,
  )
  const counts: Record<string, MetricCounts> = {}
  for (const { name, metric, samples, sum } of rows) {
    counts[name] = { ...counts[name], [metric]: { samples, sum } }
  }
  return counts
}

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
