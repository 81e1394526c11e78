// CSV (RFC 4180) on bytes, for rows that are picked out of a growing file without decoding the others.

const QUOTE = 34
const COMMA = 44
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
