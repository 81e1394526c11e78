import { setImmediate } from 'node:timers/promises'
import type { MetricsQuery } from './metrics-query.ts'
import type { MetricsStore } from './metrics-store.ts'
import type { RowText } from './row-text.ts'

/** An export: which rows, how they look, and a callback with how many were sent. */
export interface ExportOptions {
  /** `upToId` must have settled. */
  query: MetricsQuery & { upToId: number }
  format: RowText
  observeRows: (rows: number) => void
}

// About 5 ms of the event loop, and 100 kB of text.
const PAGE_IDS = 1_000

/** The document, a page at a time: whoever reads slowly or goes away makes it wait or end. */
export async function* exportPages(
  store: MetricsStore,
  { query, format, observeRows }: ExportOptions,
): AsyncGenerator<string> {
  const range = await store.idRange(query)
  yield format.head
  let separator = ''
  for (let afterId = range.afterId; afterId < range.upToId; afterId += PAGE_IDS) {
    const page = { afterId, upToId: Math.min(afterId + PAGE_IDS, range.upToId) }
    const rows = await store.matching(page, query)
    if (rows.length > 0) {
      yield separator + rows.map(format.row).join(format.separator)
      separator = format.separator
      observeRows(rows.length)
    }
    await setImmediate()
  }
  if (format.tail !== '') yield format.tail
}
