import { type FileHandle, open, rm } from 'node:fs/promises'
import type { CsvHeader } from './csv-header.ts'
import type { TimeFormat } from './time-format.ts'
import { type LineScanner, lineScanner, type RejectedLines } from './line-scanner.ts'

const CHUNK_BYTES = 1 << 20

export interface LineCopy {
  from: string
  to: string
  /** Of the file; with a fault, no line can be understood and only a header is written. */
  header: CsvHeader
  time: TimeFormat
}

/**
 * Copies the lines of a recording that are whole samples, and counts the others. It is far slower than DuckDB, and for
 * files that DuckDB refuses: a quote that is never closed costs its own line, and none of those up to the next quote.
 */
export async function copyWholeLines({ from, to, header, time }: LineCopy): Promise<RejectedLines> {
  const { columns, bytes, fault } = header
  const scanner = lineScanner({ columns, time: time.pattern })
  // What is there may be a link of somebody else's, and lead anywhere.
  await rm(to, { force: true })
  const source = await open(from)
  try {
    const target = await open(to, 'wx')
    try {
      await target.write(`${columns.join(',')}\n`)
      if (fault === undefined) await copyLines(source, target, { scanner, at: bytes })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
  return scanner.rejected
}

async function copyLines(
  source: FileHandle,
  target: FileHandle,
  { scanner, at: first }: { scanner: LineScanner; at: number },
): Promise<void> {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let rest = Buffer.alloc(0)
  let at = first
  for (;;) {
    const { bytesRead } = await source.read(chunk, 0, CHUNK_BYTES, at)
    const text = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
    const { samples, used } = scanner.read(text, bytesRead === 0)
    const kept = Buffer.concat(samples)
    if (kept.length > 0) await target.write(kept)
    if (bytesRead === 0) return
    rest = text.subarray(used)
    at += bytesRead
  }
}
