import { rename, rm, stat } from 'node:fs/promises'
import {
  literal,
  openDatabase,
  type SampleDatabase,
  pathLiteral,
} from '../samples/sample-database.ts'
import { exportUnwritable } from './errors.ts'
import { samplesUnreadable } from '../samples/errors.ts'
import { harmlessCells } from './harmless-cells.ts'
import { filterSql, type SampleFilter } from './sample-filter.ts'

/** What samples can be exported as. */
export type ExportFormat = 'csv' | 'json' | 'parquet'

/** DuckDB's names and settings; JSON is one object on each line. */
const COPY_OPTIONS: Record<ExportFormat, string> = {
  csv: 'FORMAT csv, HEADER true',
  json: 'FORMAT json, ARRAY false',
  parquet: 'FORMAT parquet, COMPRESSION zstd',
}

/** Rows flow from one file to the other, so little is kept however many there are. */
const MEMORY_MB = 300

export interface ExportInput {
  /** `samples.parquet` of a run. */
  samples: string
  filter: SampleFilter
  format: ExportFormat
  /** Replaced if it is there. */
  out: string
  temporaryFolder: string
}

export interface Exported {
  rows: number
  bytes: number
}

/** Copies the samples of a filter to a file, in no particular order, without ever holding all of them. */
export async function exportSamples(input: ExportInput): Promise<Exported> {
  const { samples, out, temporaryFolder } = input
  const files = [samples, partialOf(out)]
  const database = await openDatabase({ temporaryFolder, files, memoryMb: MEMORY_MB })
  try {
    const source = `read_parquet(${pathLiteral(samples)})`
    const columns = await columnsOf(database, source).catch((error: unknown) => {
      throw samplesUnreadable(samples, firstLine(error))
    })
    const names = columns.map(({ name }) => name)
    const where = await filterSql({ database, source, columns: names }, input.filter)
    const list = input.format === 'csv' ? harmlessCells(columns) : '*'
    return await copy(database, `SELECT ${list} FROM ${source} WHERE ${where}`, input)
  } finally {
    database.close()
  }
}

// What was cut short never has the name of a whole file.
async function copy(
  database: SampleDatabase,
  sql: string,
  { format, out }: ExportInput,
): Promise<Exported> {
  const partial = partialOf(out)
  try {
    const [copied] = await database.rows<{ Count: number }>(
      `COPY (${sql}) TO ${literal(partial)} (${COPY_OPTIONS[format]}, USE_TMP_FILE false)`,
    )
    await rename(partial, out)
    return { rows: copied?.Count ?? 0, bytes: (await stat(out)).size }
  } catch (error) {
    await rm(partial, { force: true })
    throw exportUnwritable(out, firstLine(error))
  }
}

function partialOf(out: string): string {
  return `${out}.partial`
}

async function columnsOf(database: SampleDatabase, source: string) {
  const rows = await database.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM ${source}`,
  )
  return rows.map((row) => ({ name: row.column_name, isText: row.column_type === 'VARCHAR' }))
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n', 1)[0] ?? text
}
