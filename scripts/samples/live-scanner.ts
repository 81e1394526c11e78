import { createRowParser, type LiveRow, rowEnd, type RowParser } from './live-row.ts'
import { OPERATION_DURATION } from '../../lib/plan.ts'

export interface ScannerSettings {
  metrics: ReadonlySet<string>
  onRow: (row: LiveRow) => void
}

/** Takes the next bytes of a file; returns how many of them were whole rows. */
export type RowScanner = (bytes: Buffer) => number

const QUOTE = 34
const NEWLINE = 10

/** Calls `onRow` for each row of the wanted metrics. The first row of all names the columns. */
export function createRowScanner({ metrics, onRow }: ScannerSettings): RowScanner {
  let parse: RowParser | undefined

  const take = (bytes: Buffer, start: number, end: number): void => {
    if (parse) {
      const row = parse(bytes, start)
      if (row) onRow(row)
    } else {
      parse = createRowParser(readColumns(bytes.toString('utf8', start, end)), metrics)
    }
  }

  return (bytes) => {
    let quote = nextQuote(bytes, 0)
    let start = 0
    for (;;) {
      let end = bytes.indexOf(NEWLINE, start)
      if (quote < start) quote = nextQuote(bytes, start)
      // Searching natively for newlines alone is six times faster than looking at every byte.
      if (quote < end) end = rowEnd(bytes, start)
      if (end === -1) return start
      take(bytes, start, end)
      start = end + 1
    }
  }
}

function nextQuote(bytes: Buffer, start: number): number {
  const quote = bytes.indexOf(QUOTE, start)
  return quote === -1 ? Infinity : quote
}

function readColumns(line: string): string[] {
  const columns = line.split(',')
  if (columns[0] === 'metric_name') return columns
  throw new Error(`Expected the samples to begin with the column metric_name, got "${line}"`)
}

/** One row for each request; its value is the latency in milliseconds. */
export const REQUEST_METRIC = 'http_req_duration'

/** Whether a sample belongs to the load, and so not to setup, teardown or a log-in. */
export function isOfLoad(row: LiveRow): boolean {
  return row.tag('scenario') !== undefined && row.tag('operation') !== 'auth'
}

/**
 * Whether a request failed: its answer was none that the script expects. A script may tell k6 to expect
 * nothing; then the status has to say it.
 */
export function isFailure(row: LiveRow): boolean {
  const expected = row.tag('expected_response')
  if (expected !== undefined) return expected === 'false'
  const status = Number(row.tag('status'))
  return !(status >= 200 && status <= 399)
}

/** When a request or an operation began, or another sample was recorded; microseconds since 1970. */
export function startOf({ metric, endUs, value }: LiveRow): number {
  const hasLength = metric === REQUEST_METRIC || metric === OPERATION_DURATION
  return hasLength ? endUs - value * 1_000 : endUs
}
