import { identifier, literal, pathLiteral } from './sample-database.ts'
import type { TimeFormat } from './time-format.ts'

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
const VALUE = 'metric_value'

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

/** Tables that get what could not be read, and where it was. */
export const REJECTS = { table: 'rejected_lines', scan: 'rejected_scans' }

/**
 * A table function over the files, which have the same columns. Dialect and types are given: DuckDB's guess is made
 * from the first rows, and the first quoted error message, hours later, would end the whole load. Lines that
 * are no samples are left out, and go to the tables `REJECTS` where `keepsRejects`. (Told to end at the first one, DuckDB
 * 1.5 may end with a fatal error of its own, after which the whole database is of no use.)
 */
export function readCsv(
  paths: readonly string[],
  columns: readonly string[],
  { keepsRejects, time }: { keepsRejects: boolean; time: TimeFormat },
): string {
  const typeOf: Record<string, string> = { [TIME]: time.sqlType, [VALUE]: 'DOUBLE' }
  const types = columns.map((name) => `${literal(name)}: ${literal(typeOf[name] ?? 'VARCHAR')}`)
  // An empty number is no number, and would else be a missing one.
  const numbers = [TIME, VALUE].map(literal)
  const onReject = keepsRejects
    ? `store_rejects = true, rejects_table = ${literal(REJECTS.table)}, rejects_scan = ${literal(REJECTS.scan)}, rejects_limit = 0`
    : 'ignore_errors = true'
  const filename = paths.length > 1 ? `filename = ${literal(FILE_COLUMN)}, ` : ''
  return `read_csv([${paths.map(pathLiteral).join(', ')}], ${filename}auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', new_line = '\\n', columns = {${types.join(', ')}},
    force_not_null = [${numbers.join(', ')}], ${onReject})`
}

/** How k6 is told to record every sample. */
export interface Recording {
  /** Value of `--out`. */
  output: string
  env: Record<string, string>
}

/**
 * A recording into a plain file, so that a killed k6 leaves all but its last moment; compressed, it
 * would be torn. Times in microseconds, because k6's default is whole seconds; flushed each 100 ms,
 * which keeps the generator's own latency low. The path goes by the environment: in an argument k6
 * would split it at a comma.
 */
export function recording(csvPath: string): Recording {
  return {
    output: 'csv',
    env: {
      K6_CSV_FILENAME: csvPath,
      K6_CSV_TIME_FORMAT: 'unix_micro',
      K6_CSV_SAVE_INTERVAL: '100ms',
    },
  }
}
