import { rename, rm, stat } from 'node:fs/promises'
import { csvColumns, EXTRA_TAGS, FILE_COLUMN, OWN_COLUMNS, readCsv, renamed } from './csv-source.ts'
import { EMPTY, type FileReport, fileReport, joinedReport, timesReport } from './file-report.ts'
import { identifier, literal, type SampleDatabase, pathLiteral } from './sample-database.ts'
import { MICROSECONDS, type TimeFormat } from './time-format.ts'
import { type TagColumns, tagColumns } from './tag-columns.ts'

/** Column with the name of the k6 that a sample is of, where a run had several. */
export const INSTANCE_COLUMN = 'instance'

/** What became of the file of one k6 of several. */
export interface InstanceReport extends FileReport {
  instance: string
}

/** What became of a recording. Plain JSON. */
export interface SampleReport extends FileReport {
  /** Samples kept. */
  rows: number
  parquetBytes: number
  /** Columns of the sample table. */
  columns: string[]
  /** Tags whose column has another name, with that name. */
  renamedTags: Record<string, string>
  /** k6 was told to cut the times of samples to seconds. */
  isInWholeSeconds?: boolean
  /** Each file, where several were read; the figures above are those of all. */
  instances?: InstanceReport[]
}

/** What one k6 of several has recorded. */
export interface InstanceCsv {
  /** Its name in the column `instance`. */
  instance: string
  csv: string
}

export interface Conversion {
  database: SampleDatabase
  /** One file, or those of several instances. */
  csv: string | readonly InstanceCsv[]
  parquet: string
  /** How its times are written. @default microseconds */
  time?: TimeFormat
}

/** Of the tables that the verdict makes from this one (judged-tables.ts). */
const JUDGED_COLUMNS = ['at_us', 'duration_ms', 'failed']

/**
 * Turns k6's CSV into `samples.parquet`: `metric`, `end_us` (microseconds since 1970; k6 stamps the
 * end of a request), `value`, and a column for each tag; of several instances also `instance`. Every
 * whole row is kept; every line that is none is counted. Several files are read in one pass.
 *
 * @returns undefined when nothing was recorded at all
 */
export async function convertSamples(conversion: Conversion): Promise<SampleReport | undefined> {
  const { database, csv, parquet, time = MICROSECONDS } = conversion
  const files = await recordedFiles(typeof csv === 'string' ? [{ csv }] : csv)
  const [first] = files
  if (!first) return undefined
  const { columns } = first
  const paths = files.map((file) => file.csv)
  const named = files.flatMap(({ csv, instance }) =>
    instance === undefined ? [] : { csv, instance },
  )
  const rejects = { table: 'rejected_lines', scan: 'rejected_scans' }
  // What an attempt that found the disk full has left.
  for (const table of Object.values(rejects)) await database.run(`DROP TABLE IF EXISTS ${table}`)
  const kept = columns.filter((name) => name !== EXTRA_TAGS)
  const own = named.length > 0 ? [INSTANCE_COLUMN] : []
  const taken = [...kept, ...OWN_COLUMNS, ...own, ...JUDGED_COLUMNS, FILE_COLUMN]
  const tags = await tagColumns(database, { paths, columns, taken, time })
  const partial = `${parquet}.partial`
  const select = selectOf({ columns, named, tags, time })
  await database.run(`COPY (SELECT ${select.join(', ')} FROM ${readCsv(paths, columns, { rejects, time })} AS raw
    ${tags.join}) TO ${literal(partial)} (FORMAT parquet, COMPRESSION zstd)`)
  await rename(partial, parquet)
  const reports: FileReport[] = []
  for (const path of paths) reports.push(await fileReport(database, path, rejects))
  if (time.sqlType === 'VARCHAR') reports.push(await timesReport(database, parquet))
  for (const table of Object.values(rejects)) await database.run(`DROP TABLE IF EXISTS ${table}`)
  return {
    ...(await tableFacts(database, parquet)),
    renamedTags: Object.fromEntries([...tags.columns].filter(([tag, column]) => tag !== column)),
    ...joinedReport(reports),
    ...(time.isWholeSeconds && { isInWholeSeconds: true }),
    ...(named.length > 0 && {
      instances: named.map(({ instance }, index) => ({ instance, ...(reports[index] ?? EMPTY) })),
    }),
  }
}

interface RecordedFile {
  instance?: string
  csv: string
  columns: string[]
}

// All of them have the same bundle and the same k6, so another header is no recording of this run.
async function recordedFiles(
  files: readonly { instance?: string; csv: string }[],
): Promise<RecordedFile[]> {
  const found: RecordedFile[] = []
  for (const file of files) {
    const columns = await csvColumns(file.csv)
    if (columns && (found[0]?.columns ?? columns).join() !== columns.join()) {
      throw new Error(`Expected the columns of ${found[0]?.csv ?? ''} in ${file.csv}`)
    }
    if (columns) found.push({ ...file, columns })
  }
  return found
}

function selectOf(table: {
  columns: readonly string[]
  named: readonly InstanceCsv[]
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

function instanceOf(named: readonly InstanceCsv[]): string {
  const [only] = named
  if (only && named.length === 1) return literal(only.instance)
  const cases = named.map(({ csv, instance }) => `WHEN ${literal(csv)} THEN ${literal(instance)}`)
  return `CASE raw.${identifier(FILE_COLUMN)} ${cases.join(' ')} END`
}

/** Rows and columns of a sample file. */
export async function tableFacts(
  database: SampleDatabase,
  parquet: string,
): Promise<Pick<SampleReport, 'rows' | 'columns' | 'parquetBytes'>> {
  const file = pathLiteral(parquet)
  const [facts] = await database.rows<{ rows: number }>(
    `SELECT sum(num_rows) AS rows FROM parquet_file_metadata(${file})`,
  )
  const schema = await database.rows<{ column_name: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${file})`,
  )
  const columns = schema.map(({ column_name }) => column_name)
  return { rows: facts?.rows ?? 0, columns, parquetBytes: (await stat(parquet)).size }
}

/** Removes CSV files once the table holds all of them; with rejected lines they stay, to be looked at. */
export async function removeRaw(
  paths: readonly string[],
  report: SampleReport,
  keep: boolean,
): Promise<boolean> {
  if (keep || report.rejectedLines > 0) return false
  for (const path of paths) await rm(path, { force: true })
  return true
}
