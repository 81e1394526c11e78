import { open, rename, rm, stat } from 'node:fs/promises'
import { csvColumns, EXTRA_TAGS, OWN_COLUMNS, readCsv, renamed } from './csv-source.ts'
import { literal, type SampleDatabase, pathLiteral } from './sample-database.ts'
import { tagColumns } from './tag-columns.ts'

/** What became of a recording. Plain JSON. */
export interface SampleReport {
  /** Samples kept. */
  rows: number
  csvBytes: number
  parquetBytes: number
  /** Lines that are no sample, and the first of them. */
  rejectedLines: number
  firstRejected: { line: number; reason: string }[]
  /** The file ends in the middle of a line: k6 was killed, or the disk was full. */
  isTorn: boolean
  /** Columns of the sample table. */
  columns: string[]
  /** Tags whose column has another name, with that name. */
  renamedTags: Record<string, string>
}

export interface Conversion {
  database: SampleDatabase
  csv: string
  parquet: string
}

const REJECTED_SHOWN = 5

/** Of the tables that the verdict makes from this one (judged-tables.ts). */
const JUDGED_COLUMNS = ['at_us', 'duration_ms', 'failed']

/**
 * Turns k6's CSV into `samples.parquet`: `metric`, `end_us` (microseconds since 1970; k6 stamps the
 * end of a request), `value`, and a column for each tag. Every whole row is kept; every line that is
 * none is counted.
 *
 * @returns undefined when nothing was recorded at all
 */
export async function convertSamples(conversion: Conversion): Promise<SampleReport | undefined> {
  const { database, csv, parquet } = conversion
  const columns = await csvColumns(csv)
  if (!columns) return undefined
  const rejects = { table: 'rejected_lines', scan: 'rejected_scans' }
  // What an attempt that found the disk full has left.
  for (const table of Object.values(rejects)) await database.run(`DROP TABLE IF EXISTS ${table}`)
  const plain = renamed(columns).map((column) => `raw.${column}`)
  const kept = columns.filter((name) => name !== EXTRA_TAGS)
  const taken = [...kept, ...OWN_COLUMNS, ...JUDGED_COLUMNS]
  const tags = await tagColumns(database, { path: csv, columns, taken })
  const source = readCsv(csv, columns, rejects)
  const partial = `${parquet}.partial`
  await database.run(`COPY (SELECT ${[...plain, ...tags.select].join(', ')} FROM ${source} AS raw
    ${tags.join}) TO ${literal(partial)} (FORMAT parquet, COMPRESSION zstd)`)
  await rename(partial, parquet)
  return {
    ...(await tableFacts(database, parquet)),
    renamedTags: Object.fromEntries([...tags.columns].filter(([tag, column]) => tag !== column)),
    ...(await rejected(database, rejects.table)),
    csvBytes: (await stat(csv)).size,
    parquetBytes: (await stat(parquet)).size,
    isTorn: await endsInsideLine(csv),
  }
}

async function tableFacts(database: SampleDatabase, parquet: string) {
  const file = pathLiteral(parquet)
  const [facts] = await database.rows<{ rows: number }>(
    `SELECT sum(num_rows) AS rows FROM parquet_file_metadata(${file})`,
  )
  const schema = await database.rows<{ column_name: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${file})`,
  )
  return { rows: facts?.rows ?? 0, columns: schema.map(({ column_name }) => column_name) }
}

// A line that lacks columns is listed once for each of them.
async function rejected(database: SampleDatabase, table: string) {
  const lines = await database.rows<{ line: number; reason: string }>(
    `SELECT line, any_value(error_message) AS reason FROM ${table} GROUP BY line ORDER BY line`,
  )
  await database.run(`DROP TABLE ${table}`)
  return { rejectedLines: lines.length, firstRejected: lines.slice(0, REJECTED_SHOWN) }
}

async function endsInsideLine(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    return size > 0 && last.toString() !== '\n'
  } finally {
    await file.close()
  }
}

/** Removes the CSV once the table holds all of it; one with rejected lines stays, to be looked at. */
export async function removeRaw(
  csv: string,
  report: SampleReport,
  keep: boolean,
): Promise<boolean> {
  if (keep || report.rejectedLines > 0) return false
  await rm(csv, { force: true })
  return true
}
