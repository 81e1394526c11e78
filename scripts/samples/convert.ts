import { rm, stat } from 'node:fs/promises'
import { fileReport, type FileReport, joinedReport, NONE_REJECTED } from './file-report.ts'
import type { RejectedLines } from './line-scanner.ts'
import { type RecordedFile, recordedFiles } from './recorded-files.ts'
import { type SampleDatabase, pathLiteral } from './sample-database.ts'
import { writeTable } from './sample-table.ts'
import { MICROSECONDS, type TimeFormat } from './time-format.ts'
import { copyWholeLines } from './whole-lines.ts'

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
  /** Each file, where several were read; the figures above are those of all. */
  instances?: InstanceReport[]
  /** Its times were cut to whole seconds. */
  isInWholeSeconds?: boolean
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
  if (files.length === 0) return undefined
  const { renamedTags, rejected } =
    (await convertSound(conversion, files)) ?? (await convertDamaged(conversion, files))
  const reports: FileReport[] = []
  for (const [index, file] of files.entries()) {
    reports.push(await fileReport(file.csv, rejected[index] ?? NONE_REJECTED, file.header.fault))
  }
  const instances = files.flatMap(({ instance }, index) => {
    const report = reports[index]
    return instance === undefined || !report ? [] : [{ instance, ...report }]
  })
  return {
    ...(await tableFacts(database, parquet)),
    renamedTags,
    ...joinedReport(reports),
    ...(time.isWholeSeconds && { isInWholeSeconds: true }),
    ...(instances.length > 0 && { instances }),
  }
}

interface Converted {
  renamedTags: Record<string, string>
  /** Of each file. */
  rejected: RejectedLines[]
}

// Where DuckDB has met an error, its count of lost lines and what it has read around a torn quote are not to be trusted.
async function convertSound(
  { database, parquet, time = MICROSECONDS }: Conversion,
  files: readonly RecordedFile[],
): Promise<Converted | undefined> {
  if (files.some(({ header }) => header.fault !== undefined)) return undefined
  try {
    const { renamedTags, errors, withoutTime } = await writeTable({
      database,
      files,
      parquet,
      time,
    })
    return errors + withoutTime > 0
      ? undefined
      : { renamedTags, rejected: files.map(() => NONE_REJECTED) }
  } catch (error) {
    if (isOfMachine(error)) throw error
    return undefined
  }
}

/** A full disk, or too little memory: no fault of the file. */
function isOfMachine(error: unknown): boolean {
  return /^(Error: )?(IO|Out of Memory) Error/.test(String(error))
}

async function convertDamaged(
  { database, parquet, time = MICROSECONDS }: Conversion,
  files: readonly RecordedFile[],
): Promise<Converted> {
  const copies = files.map((file, index) => ({ ...file, csv: `${parquet}.${index}.csv` }))
  try {
    const rejected: RejectedLines[] = []
    for (const [index, { csv, header }] of files.entries()) {
      rejected.push(await copyWholeLines({ from: csv, to: copies[index]?.csv ?? '', header, time }))
    }
    const table = await writeTable({ database, files: copies, parquet, time })
    const { renamedTags, errors, withoutTime } = table
    // A day such as 30 February; of a file of anybody's, which is read alone.
    if (rejected[0]) rejected[0].rejectedLines += withoutTime
    if (errors > 0) throw new Error(`Expected DuckDB to read whole lines, got ${errors} errors`)
    return { renamedTags, rejected }
  } finally {
    for (const { csv } of copies) await rm(csv, { force: true })
  }
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

/** Removes CSV files once the table holds all of them; damaged ones stay, to be looked at. */
export async function removeRaw(
  paths: readonly string[],
  report: SampleReport,
  keep: boolean,
): Promise<boolean> {
  if (keep || report.rejectedLines > 0 || report.headerFault !== undefined) return false
  for (const path of paths) await rm(path, { force: true })
  return true
}
