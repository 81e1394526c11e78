import { parseTagText } from './tag-columns.ts'

/** One sample as k6 recorded it. Good only while `onRow` runs: the next row takes its place. */
export interface LiveRow {
  readonly metric: string
  /** When it was recorded, for a request its end; microseconds since 1970. */
  readonly endUs: number
  /** In k6's unit, which is milliseconds for durations. */
  readonly value: number
  /** Value of a system tag or of an own one; undefined where the sample has none. */
  tag(name: string): string | undefined
}

/** Reads the row that starts there; undefined for an unwanted metric, or a row that is damaged. */
export type RowParser = (bytes: Buffer, start: number) => LiveRow | undefined

/**
 * Reads rows of some metrics. All other rows cost a comparison of two bytes, and tags nothing until
 * somebody asks for them.
 *
 * @param columns of the file, as its first line names them; they depend on k6's system tags
 */
export function createRowParser(
  columns: readonly string[],
  metrics: ReadonlySet<string>,
): RowParser {
  const metricAt = createMetricFinder(metrics)
  const places = new Map(columns.map((name, index) => [name, index]))
  const starts = new Int32Array(columns.length + 1)
  const texts = new Array<string | undefined>(columns.length)
  const extraTag = createExtraTags()
  let bytes: Buffer = Buffer.alloc(0)

  const text = (column: string): string => {
    const place = places.get(column)
    if (place === undefined) return ''
    return (texts[place] ??= fieldText(bytes, starts[place] ?? 0, (starts[place + 1] ?? 0) - 1))
  }
  const tag = (name: string): string | undefined => {
    const value = places.has(name) ? text(name) : extraTag(text('extra_tags'), name)
    return value === '' ? undefined : value
  }
  const row = { metric: '', endUs: 0, value: 0, tag }

  return (chunk, start) => {
    const metric = metricAt(chunk, start)
    if (metric === undefined || !splitFields(chunk, start, starts)) return undefined
    bytes = chunk
    texts.fill(undefined)
    row.metric = metric
    row.endUs = Number(text('timestamp') || NaN)
    row.value = Number(text('metric_value') || NaN)
    return Number.isFinite(row.endUs) && Number.isFinite(row.value) ? row : undefined
  }
}

const COMMA = 44

/** Which of the metrics a row begins with. */
function createMetricFinder(metrics: ReadonlySet<string>) {
  const names = [...metrics].map((name) => ({ name, bytes: Buffer.from(name) }))
  return (row: Buffer, start: number): string | undefined => {
    for (const { name, bytes } of names) {
      const end = start + bytes.length
      if (row[end] !== COMMA || row[start] !== bytes[0]) continue
      if (row.compare(bytes, 0, bytes.length, start, end) === 0) return name
    }
    return undefined
  }
}

/**
 * Different texts of a run's own tags that are remembered. A usual run has dozens; k6 writes tags in any
 * order, so the six of a run that streams have 720 for each of their values.
 */
const TEXTS_MAX = 20_000

/** Reads one of the tags in k6's `extra_tags`. */
function createExtraTags(): (text: string, name: string) => string | undefined {
  const known = new Map<string, Map<string, string>>()
  return (text, name) => {
    let tags = known.get(text)
    if (!tags) {
      if (known.size >= TEXTS_MAX) known.clear()
      tags = new Map(Object.entries(parseTagText(text)))
      known.set(text, tags)
    }
    return tags.get(name)
  }
}

// CSV (RFC 4180) on bytes, for rows that are picked out of a growing file without decoding the others.

const QUOTE = 34
const NEWLINE = 10

/**
 * Where a row ends that may hold quoted newlines.
 *
 * @returns place of its newline; -1 when the rest of the row is still missing
 */
export function rowEnd(bytes: Buffer, start: number): number {
  let end = fieldEnd(bytes, start)
  while (bytes[end] === COMMA) end = fieldEnd(bytes, end + 1)
  return end
}

/**
 * Finds the fields of a whole row; field n lies from `starts[n]` to one before `starts[n + 1]`.
 *
 * @returns whether the row has exactly one field less than `starts` has places
 */
export function splitFields(bytes: Buffer, start: number, starts: Int32Array): boolean {
  let end = start - 1
  for (let index = 0; index < starts.length - 1; index += 1) {
    if (index > 0 && bytes[end] !== COMMA) return false
    starts[index] = end + 1
    end = fieldEnd(bytes, end + 1)
  }
  starts[starts.length - 1] = end + 1
  return bytes[end] === NEWLINE
}

/** A field as text, without its quotes. */
export function fieldText(bytes: Buffer, start: number, end: number): string {
  if (bytes[start] !== QUOTE) return bytes.toString('utf8', start, end)
  return bytes.toString('utf8', start + 1, end - 1).replaceAll('""', '"')
}

// Place of the comma or newline behind a field. Quotes mean something at the start of a field only.
function fieldEnd(bytes: Buffer, start: number): number {
  let end = bytes[start] === QUOTE ? closingQuote(bytes, start) : start
  if (end === -1) return -1
  while (end < bytes.length && bytes[end] !== COMMA && bytes[end] !== NEWLINE) end += 1
  return end < bytes.length ? end : -1
}

function closingQuote(bytes: Buffer, opening: number): number {
  let quote = bytes.indexOf(QUOTE, opening + 1)
  while (quote !== -1 && bytes[quote + 1] === QUOTE) quote = bytes.indexOf(QUOTE, quote + 2)
  return quote
}
