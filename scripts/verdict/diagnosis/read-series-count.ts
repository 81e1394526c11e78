import { OWN_COLUMNS } from '../../samples/csv-source.ts'
import { identifier, type SampleDatabase } from '../../samples/sample-database.ts'

/** How many series the requests make in a database of metrics. */
export interface SeriesCount {
  /** Distinct combinations of tags; of a large run those that a part of its requests has. */
  combinations: number
  /** The tags with the most values, most first. */
  tags: { tag: string; values: number }[]
}

/** All combinations that matter show in so many requests, and counting them costs a moment. */
const ROWS_MAX = 200_000

const TAGS_SHOWN = 2

/**
 * Counts combinations of tags. Of a run with more than 200,000 requests a fixed part is read, chosen by
 * a hash: the same run gives the same number again, and never one that is too high.
 */
export async function readSeriesCount(
  database: SampleDatabase,
  columns: readonly string[],
): Promise<SeriesCount> {
  const tags = columns.filter((name) => !NO_TAGS.includes(name))
  if (tags.length === 0) return { combinations: 1, tags: [] }
  const names = tags.map(identifier)
  const [total] = await database.rows<{ n: number }>('SELECT count(*) AS n FROM requests')
  const parts = Math.ceil(Math.max(1, total?.n ?? 0) / ROWS_MAX)
  const counts = names.map((name, index) => `count(DISTINCT ${name}) AS "n${index}"`)
  const [row = {}] = await database.rows<Record<string, number>>(`WITH combinations AS (
  SELECT DISTINCT ${names.join(', ')} FROM requests WHERE hash(at_us, duration_ms) % ${parts} = 0)
SELECT count(*) AS combinations, ${counts.join(', ')} FROM combinations`)
  const found = tags.map((tag, index) => ({ tag, values: row[`n${index}`] ?? 0 }))
  return {
    combinations: row['combinations'] ?? 0,
    tags: found.sort((one, other) => other.values - one.values).slice(0, TAGS_SHOWN),
  }
}

/** What a sample has instead of a tag; a phase is one, and has few values. */
const NO_TAGS = [...OWN_COLUMNS, 'metadata', 'phase']
