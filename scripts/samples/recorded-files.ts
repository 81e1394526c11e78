import { type CsvHeader, csvHeader, USUAL_COLUMNS } from './csv-header.ts'

/** A file in which something was recorded. */
export interface RecordedFile {
  /** Name of its k6, where a run had several. */
  instance?: string
  csv: string
  /** With the columns of all files. */
  header: CsvHeader
}

/**
 * Reads the headers of files. All of a run have the same bundle and the same k6, so their columns are those of the first
 * one that is sound, and another header is a fault.
 */
export async function recordedFiles(
  files: readonly Omit<RecordedFile, 'header'>[],
): Promise<RecordedFile[]> {
  const found: RecordedFile[] = []
  for (const file of files) {
    const header = await csvHeader(file.csv)
    if (header) found.push({ ...file, header })
  }
  const sound = found.find(({ header }) => header.fault === undefined)
  const columns = sound?.header.columns ?? USUAL_COLUMNS
  return found.map(({ header, ...file }) => {
    const isOther = header.fault === undefined && header.columns.join() !== columns.join()
    const fault = isOther ? 'its columns are not those of the other k6' : header.fault
    return { ...file, header: { ...header, columns, ...(fault !== undefined && { fault }) } }
  })
}
