import { open, stat } from 'node:fs/promises'
import type { Rejects } from './csv-source.ts'
import { literal, pathLiteral, type SampleDatabase } from './sample-database.ts'

/** What became of a file. */
export interface FileReport {
  csvBytes: number
  /** Lines that are no sample, and the first of them. */
  rejectedLines: number
  firstRejected: { line: number; reason: string }[]
  /** The file ends in the middle of a line: k6 was killed, or the disk was full. */
  isTorn: boolean
}

const REJECTED_SHOWN = 5

/** Of no file. */
export const EMPTY: FileReport = { csvBytes: 0, rejectedLines: 0, firstRejected: [], isTorn: false }

/** The figures of several files together. */
export function joinedReport(reports: readonly FileReport[]): FileReport {
  return reports.reduce(
    (sum, each) => ({
      csvBytes: sum.csvBytes + each.csvBytes,
      rejectedLines: sum.rejectedLines + each.rejectedLines,
      firstRejected: [...sum.firstRejected, ...each.firstRejected].slice(0, REJECTED_SHOWN),
      isTorn: sum.isTorn || each.isTorn,
    }),
    EMPTY,
  )
}

/** What became of one file of those just read: a line that lacks columns is listed once for each of them. */
export async function fileReport(
  database: SampleDatabase,
  csv: string,
  { table, scan }: Rejects,
): Promise<FileReport> {
  const lines = await database.rows<{ line: number; reason: string }>(
    `SELECT line, any_value(error_message) AS reason FROM ${table}
    WHERE (scan_id, file_id) IN (SELECT (scan_id, file_id) FROM ${scan} WHERE file_path = ${literal(csv)})
    GROUP BY line ORDER BY line`,
  )
  return {
    csvBytes: (await stat(csv)).size,
    rejectedLines: lines.length,
    firstRejected: lines.slice(0, REJECTED_SHOWN),
    isTorn: await endsInsideLine(csv),
  }
}

/** Samples whose time could not be read: DuckDB rejects no text. */
export async function timesReport(database: SampleDatabase, parquet: string): Promise<FileReport> {
  const [found] = await database.rows<{ n: number }>(
    `SELECT count(*) AS n FROM read_parquet(${pathLiteral(parquet)}) WHERE end_us IS NULL`,
  )
  const rejectedLines = found?.n ?? 0
  const first = { line: 0, reason: 'its time cannot be read' }
  return { ...EMPTY, rejectedLines, firstRejected: rejectedLines > 0 ? [first] : [] }
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
