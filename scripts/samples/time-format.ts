import { firstLines } from './csv-header.ts'

/** How k6 has written the time of each sample (K6_CSV_TIME_FORMAT). */
export interface TimeFormat {
  /** Of the column `timestamp`. */
  sqlType: 'BIGINT' | 'VARCHAR'
  /** Source of a regular expression: what a text of it looks like. */
  pattern: string
  /** Microseconds since 1970 as SQL; NULL where a text is no time. */
  endUs: (column: string) => string
  /** k6's default: it cuts what is less than a second. */
  isWholeSeconds?: boolean
}

/** As the toolkit records. */
export const MICROSECONDS: TimeFormat = {
  sqlType: 'BIGINT',
  pattern: '-?\\d{1,18}',
  endUs: (column) => column,
}

// A sample lies half a second after its stamp on average.
const SECONDS: TimeFormat = {
  ...MICROSECONDS,
  endUs: (column) => `${column} * 1000000 + 500000`,
  isWholeSeconds: true,
}

const MILLISECONDS: TimeFormat = { ...MICROSECONDS, endUs: (column) => `${column} * 1000` }

const NANOSECONDS: TimeFormat = {
  sqlType: 'BIGINT',
  pattern: '[1-8]?\\d{1,18}',
  endUs: (column) => `${column} // 1000`,
}

const RFC3339: TimeFormat = {
  sqlType: 'VARCHAR',
  pattern: '\\d{4}-\\d\\d-\\d\\dT[\\d:.]{8,18}(?:Z|[-+]\\d\\d:\\d\\d)',
  endUs: (column) => `epoch_us(TRY_CAST(${column} AS TIMESTAMPTZ))`,
}

const RFC3339_SECONDS: TimeFormat = {
  ...RFC3339,
  endUs: (column) => `${RFC3339.endUs(column)} + 500000`,
  isWholeSeconds: true,
}

/** By the digits of a time since 1970, in this century. */
const BY_DIGITS: Record<number, TimeFormat> = {
  10: SECONDS,
  13: MILLISECONDS,
  16: MICROSECONDS,
  19: NANOSECONDS,
}

/**
 * How the times of a file of anybody's are written, by its first lines.
 *
 * @returns undefined where they are none of k6's
 */
export async function timeFormatOf(path: string): Promise<TimeFormat | undefined> {
  const [header = '', ...lines] = await firstLines(path)
  const place = header.split(',').indexOf('timestamp')
  const times = lines.flatMap((line) => line.split(',')[place] ?? [])
  const [first = ''] = times
  if (/^\d+$/.test(first)) return BY_DIGITS[first.length]
  if (Number.isNaN(Date.parse(first))) return undefined
  // A fraction of zero is left out.
  return times.some((time) => time.includes('.')) ? RFC3339 : RFC3339_SECONDS
}
