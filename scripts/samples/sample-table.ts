import { rename } from 'node:fs/promises'
import { EXTRA_TAGS, FILE_COLUMN, OWN_COLUMNS, readCsv, REJECTS, renamed } from './csv-source.ts'
import type { RecordedFile } from './recorded-files.ts'
import { identifier, literal, pathLiteral, type SampleDatabase } from './sample-database.ts'
import { type TagColumns, tagColumns } from './tag-columns.ts'
import type { TimeFormat } from './time-format.ts'

/** Column with the name of the k6 that a sample is of, where a run had several; a tag of that name gets another. */
export const INSTANCE_COLUMN = 'instance'

/** Of the tables that the verdict makes from this one (judged-tables.ts). */
const JUDGED_COLUMNS = ['at_us', 'duration_ms', 'failed']

export interface SampleTableInput {
  database: SampleDatabase
  /** At least one; with the same columns. */
  files: readonly RecordedFile[]
  parquet: string
  time: TimeFormat
}

export interface WrittenTable {
  /** Tags whose column has another name, with that name. */
  renamedTags: Record<string, string>
  /** Errors that DuckDB found in the files: of what lies around them, nothing is sure. */
  errors: number
  /** Samples whose time could not be read: DuckDB rejects no text. */
  withoutTime: number
}

/**
 * Writes the samples of CSV files into one table.
 *
 * @throws what DuckDB says of some files that are damaged
 */
export async function writeTable(input: SampleTableInput): Promise<WrittenTable> {
  const { database, files, parquet, time } = input
  const columns = files[0]?.header.columns ?? []
  const paths = files.map(({ csv }) => csv)
  const named = files.filter(({ instance }) => instance !== undefined)
  const kept = columns.filter((name) => name !== EXTRA_TAGS)
  const taken = [...kept, ...OWN_COLUMNS, INSTANCE_COLUMN, ...JUDGED_COLUMNS, FILE_COLUMN]
  const tags = await tagColumns(database, { paths, columns, taken, time })
  await dropRejects(database)
  const partial = `${parquet}.partial`
  const select = selectOf({ columns, named, tags, time })
  await database.run(`COPY (SELECT ${select.join(', ')} FROM ${readCsv(paths, columns, { keepsRejects: true, time })} AS raw
    ${tags.join}) TO ${literal(partial)} (FORMAT parquet, COMPRESSION zstd)`)
  await rename(partial, parquet)
  const [found] = await database.rows<{ errors: number }>(
    `SELECT count(*) AS errors FROM ${REJECTS.table}`,
  )
  await dropRejects(database)
  const others = [...tags.columns].filter(([tag, column]) => tag !== column)
  return {
    renamedTags: Object.fromEntries(others),
    errors: found?.errors ?? 0,
    withoutTime: time.sqlType === 'BIGINT' ? 0 : await withoutTime(database, parquet),
  }
}

async function withoutTime(database: SampleDatabase, parquet: string): Promise<number> {
  const [found] = await database.rows<{ n: number }>(
    `SELECT count(*) AS n FROM read_parquet(${pathLiteral(parquet)}) WHERE end_us IS NULL`,
  )
  return found?.n ?? 0
}

async function dropRejects(database: SampleDatabase): Promise<void> {
  for (const table of Object.values(REJECTS)) await database.run(`DROP TABLE IF EXISTS ${table}`)
}

function selectOf(table: {
  columns: readonly string[]
  named: readonly RecordedFile[]
  tags: TagColumns
  time: TimeFormat
}): string[] {
  const { columns, named, tags, time } = table
  return [
    ...renamed(columns, time),
    ...(named.length > 0 ? [`${instanceOf(named)} AS ${identifier(INSTANCE_COLUMN)}`] : []),
    ...tags.select,
  ]
}

function instanceOf(named: readonly RecordedFile[]): string {
  const [only] = named
  if (only && named.length === 1) return literal(only.instance ?? '')
  const cases = named.map(
    ({ csv, instance }) => `WHEN ${literal(csv)} THEN ${literal(instance ?? '')}`,
  )
  return `CASE raw.${identifier(FILE_COLUMN)} ${cases.join(' ')} END`
}
