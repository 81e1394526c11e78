import { open } from 'node:fs/promises'

/** Columns that begin each line of k6's, and those that end it. */
const FIRST_COLUMNS = ['metric_name', 'timestamp', 'metric_value']
const LAST_COLUMNS = ['extra_tags', 'metadata']

/** Between them are the system tags that are on (k6 v2.2.0, metrics/system_tag.go). */
const SYSTEM_TAGS = [
  ...['check', 'error', 'error_code', 'expected_response', 'group', 'ip', 'iter', 'method'],
  ...['name', 'ocsp_status', 'proto', 'scenario', 'service', 'status', 'subproto', 'tls_version'],
  ...['url', 'vu'],
]

/** The usual columns, for a table of a file whose own nobody can tell. */
export const USUAL_COLUMNS = [
  ...FIRST_COLUMNS,
  ...['check', 'error_code', 'expected_response', 'method', 'name', 'scenario', 'status'],
  ...LAST_COLUMNS,
]

/** The first line of a recording. */
export interface CsvHeader {
  columns: string[]
  /** With its line break. */
  bytes: number
  /** Why it is none of k6's; then no line of the file can be understood. */
  fault?: string
}

/** Long enough for any header of k6's. */
const HEADER_BYTES_MAX = 65_536

/**
 * Reads the first line of a k6 CSV file.
 *
 * @returns undefined where nothing was recorded: a file without a whole line
 */
export async function csvHeader(path: string): Promise<CsvHeader | undefined> {
  const [line] = await firstBytes(path).then(wholeLines)
  if (!line) return undefined
  const columns = line.toString().split(',')
  const fault = faultOf(columns)
  const bytes = line.length + 1
  return fault === undefined ? { columns, bytes } : { columns: USUAL_COLUMNS, bytes, fault }
}

/** The first whole lines of a file; none of one that is not there. */
export async function firstLines(path: string): Promise<string[]> {
  return wholeLines(await firstBytes(path)).map(String)
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path).catch(() => undefined)
  if (!file) return Buffer.alloc(0)
  try {
    const buffer = Buffer.alloc(HEADER_BYTES_MAX)
    const { bytesRead } = await file.read(buffer, 0, HEADER_BYTES_MAX, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function wholeLines(bytes: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let start = 0
  for (let end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', start)) {
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return lines
}

function faultOf(columns: readonly string[]): string | undefined {
  const place = FIRST_COLUMNS.findIndex((name, index) => columns[index] !== name)
  if (place >= 0) return `column ${place + 1} is not ${FIRST_COLUMNS[place] ?? ''}`
  const missing = LAST_COLUMNS.find((name) => !columns.includes(name))
  if (missing !== undefined) return `there is no column ${missing}`
  const known = [...FIRST_COLUMNS, ...SYSTEM_TAGS, ...LAST_COLUMNS]
  const odd = columns.findIndex((name, index) => {
    return !known.includes(name) || columns.indexOf(name) < index
  })
  return odd < 0 ? undefined : `column ${odd + 1} is none of k6's, or there twice`
}
