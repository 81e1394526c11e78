import { type LineFormat, lineFault, sampleTest } from './csv-line.ts'

/** Lines that are no sample, and the first of them. */
export interface RejectedLines {
  rejectedLines: number
  firstRejected: { line: number; reason: string }[]
}

/** A line that is longer is none of k6's, and is taken apart. */
const LINE_BYTES_MAX = 1 << 20

/** A message may go over several lines; one that is longer has lost its closing quote. */
const MESSAGE_BYTES_MAX = 1 << 16

/** Of a file. */
export const REJECTED_SHOWN = 5

const NEW_LINE = 10
const QUOTE = 34

/** Goes through the lines of a recording, piece by piece. */
export interface LineScanner {
  /**
   * The whole samples in a text that begins with a line. What is not `used` has to be read again with what follows it;
   * of the last text all is used.
   */
  read: (text: Buffer, isLast: boolean) => { samples: Buffer[]; used: number }
  /** What became of the lines so far. */
  rejected: RejectedLines
}

/** @param format with the columns of the header, which is line 1 and is not read here */
export function lineScanner(format: LineFormat): LineScanner {
  const isSample = sampleTest(format)
  const rejected: RejectedLines = { rejectedLines: 0, firstRejected: [] }
  let line = 1

  // A sample may go over several lines: the quote of a message is open until then.
  function messageEnd(text: Buffer, start: number, end: number): number | 'open' | undefined {
    let last = end
    let quotes = quotesIn(text, start, end)
    while (quotes % 2 === 1) {
      if (last - start > MESSAGE_BYTES_MAX) return undefined
      if (last === text.length) return 'open'
      const next = lineEnd(text, last)
      quotes += quotesIn(text, last, next)
      last = next
    }
    const isCut = text[last - 1] !== NEW_LINE && last - start < LINE_BYTES_MAX
    return isCut ? 'open' : last
  }

  function reject(bytes: Buffer): void {
    if (bytes.length === 0) return
    rejected.rejectedLines += 1
    if (rejected.firstRejected.length >= REJECTED_SHOWN) return
    rejected.firstRejected.push({ line, reason: lineFault(bytes, format) })
  }

  function read(text: Buffer, isLast: boolean): { samples: Buffer[]; used: number } {
    const samples: Buffer[] = []
    let start = 0
    while (start < text.length) {
      const end = lineEnd(text, start)
      const found = messageEnd(text, start, end)
      if (found === 'open' && !isLast) break
      const last = found === 'open' ? text.length : found
      line += 1
      if (last !== undefined && isSample(withoutBreak(text, start, last))) {
        samples.push(text.subarray(start, last))
        line += linesBetween(text, end, last)
        start = last
      } else {
        reject(withoutBreak(text, start, end))
        start = end
      }
    }
    return { samples, used: start }
  }
  return { read, rejected }
}

/** Behind the line break, or where the text ends without one. */
function lineEnd(text: Buffer, start: number): number {
  const at = text.indexOf(NEW_LINE, start)
  return at < 0 ? text.length : at + 1
}

function withoutBreak(text: Buffer, start: number, end: number): Buffer {
  return text.subarray(start, text[end - 1] === NEW_LINE ? end - 1 : end)
}

function linesBetween(text: Buffer, start: number, end: number): number {
  let lines = 0
  for (let at = start; at < end; at = lineEnd(text, at)) lines += 1
  return lines
}

function quotesIn(text: Buffer, start: number, end: number): number {
  const line = text.subarray(start, end)
  let quotes = 0
  for (let at = line.indexOf(QUOTE); at >= 0; at = line.indexOf(QUOTE, at + 1)) quotes += 1
  return quotes
}
