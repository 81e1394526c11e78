import { open } from 'node:fs/promises'
import type { TimeFormat } from './time-format.ts'
import { identifier, literal, pathLiteral } from './sample-database.ts'

/** Column that holds the tags which have no column of their own. */
export const EXTRA_TAGS = 'extra_tags'

/** Columns that k6 always writes, and what they become. */
const RENAMED: Record<string, string> = {
  metric_name: 'metric',
  timestamp: 'end_us',
  metric_value: 'value',
}

/** Columns of the sample table that are no tags. */
export const OWN_COLUMNS: readonly string[] = Object.values(RENAMED)

const TIME = 'timestamp'

/** Empty, they are no number, and would else be missing ones. */
const NUMBERS = [TIME, 'metric_value']

/** Long enough for any header of k6's. */
const HEADER_BYTES_MAX = 65_536

/**
 * Names of the columns of a k6 CSV file, which depend on the system tags that are on.
 *
 * @returns undefined for a file without a whole header line
 */
export async function csvColumns(path: string): Promise<string[] | undefined> {
  const [header = ''] = await csvLines(path)
  const columns = header.split(',')
  return Object.keys(RENAMED).every((name) => columns.includes(name)) ? columns : undefined
}

/** The first whole lines of a file; none of a file that is not there. */
export async function csvLines(path: string): Promise<string[]> {
  const file = await open(path).catch(() => undefined)
  if (!file) return []
  try {
    const buffer = Buffer.alloc(HEADER_BYTES_MAX)
    const { bytesRead } = await file.read(buffer, 0, HEADER_BYTES_MAX, 0)
    return buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1)
  } finally {
    await file.close()
  }
}

/** The columns of the sample table, from `raw`, k6's file; tags keep their names. */
export function renamed(columns: readonly string[], time: TimeFormat): string[] {
  const kept = columns.filter((name) => name !== EXTRA_TAGS)
  return kept.map((name) => {
    const column = `raw.${identifier(name)}`
    return `${valueOf(name, column, time)} AS ${identifier(RENAMED[name] ?? name)}`
  })
}

function valueOf(name: string, column: string, time: TimeFormat): string {
  if (name === TIME) return time.endUs(column)
  return name === 'name' ? withoutQuery(column) : column
}

// Of a request that its script does not name, k6 takes the URL. lib/unnamed/ names those of workloads; the query of
// one that a module from elsewhere has sent stays in k6's file and goes no further.
function withoutQuery(name: string): string {
  const cut = `regexp_replace(${name}, '[?#].*$', '', 's')`
  return `CASE WHEN contains(${name}, '://') THEN ${cut} ELSE ${name} END`
}

/** Adds the path of a row's file, where a table function reads several. */
export const FILE_COLUMN = 'sample_file'

/** Tables that get what could not be read. */
export interface Rejects {
  table: string
  scan: string
}

export interface ReadOptions {
  /** Left out, misshapen rows are passed over. */
  rejects?: Rejects
  /** @default microseconds */
  time?: TimeFormat
}

/**
 * A table function over the files, which have the same columns. Dialect and types are given: DuckDB's guess is made from the first
 * rows, and the first quoted error message, hours later, would end the whole load. Rows that are torn
 * or misshapen go to `rejects`; all others are kept.
 */
export function readCsv(
  paths: readonly string[],
  columns: readonly string[],
  { rejects, time }: ReadOptions = {},
): string {
  const typeOf = (name: string): string => {
    if (name === TIME) return time?.sqlType ?? 'BIGINT'
    return name === 'metric_value' ? 'DOUBLE' : 'VARCHAR'
  }
  const types = columns.map((name) => `${literal(name)}: ${literal(typeOf(name))}`)
  const numbers = NUMBERS.map(literal)
  const onReject = rejects
    ? `store_rejects = true, rejects_table = ${literal(rejects.table)}, rejects_scan = ${literal(rejects.scan)}, rejects_limit = 0`
    : 'ignore_errors = true'
  const filename = paths.length > 1 ? `filename = ${literal(FILE_COLUMN)}, ` : ''
  return `read_csv([${paths.map(pathLiteral).join(', ')}], ${filename}auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', new_line = '\\n', columns = {${types.join(', ')}},
    force_not_null = [${numbers.join(', ')}], ${onReject})`
}
