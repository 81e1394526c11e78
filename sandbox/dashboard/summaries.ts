import { LRUCache } from 'lru-cache'
import { ApiError } from '../api-error.ts'
import type { EntryIds } from './entry-ids.ts'
import type { EntryReader } from './entry-reader.ts'
import type { WholeQuery } from './matches.ts'
import type { MetricsQuery } from './metrics-query.ts'
import { summarize } from './summary.ts'

/** How far back a summary looks without `from`: this long before `to`, or before the newest row. */
const DEFAULT_RANGE_MS = 300_000

// A few kilobytes of text each.
const REMEMBERED_MAX = 500

/** Summaries as JSON text. What is below the settled id never changes, so each is computed once. */
export class Summaries {
  readonly #ids: EntryIds
  readonly #reader: EntryReader
  readonly #remembered = new LRUCache<string, Promise<string>>({ max: REMEMBERED_MAX })
  // What stands for the newest row before there is one.
  readonly #startedMs = Date.now()

  constructor(ids: EntryIds, reader: EntryReader) {
    this.#ids = ids
    this.#reader = reader
  }

  /**
   * The summary up to the query's id, or else up to the newest one that has settled.
   *
   * @throws ApiError 400 for an id not given yet, or for a range too old to be complete
   */
  async json(query: MetricsQuery): Promise<string> {
    if (query.upToId !== undefined) await this.#ids.whenSettled(query.upToId)
    const { fromMs, toMs, technique, segment, upToId = this.#ids.settled } = query
    const key = [fromMs, toMs, technique, segment, upToId].join()
    const known = this.#remembered.get(key)
    if (known !== undefined) return known

    const computed = this.#compute({ ...query, upToId })
    this.#remembered.set(key, computed)
    computed.catch(() => this.#remembered.delete(key))
    return computed
  }

  async #compute(query: MetricsQuery & { upToId: number }): Promise<string> {
    const { log } = this.#reader
    await this.#reader.readUpTo(query.upToId)
    const whole = this.#whole(query)
    if (whole.fromMs <= log.forgottenMs) {
      const since = new Date(log.forgottenMs + 1).toISOString()
      throw new ApiError(
        400,
        'invalid_request',
        `Expected a range that begins at ${since} or later`,
      )
    }
    return JSON.stringify(await summarize(log.blocks, whole))
  }

  /** Counted from rows and not from the clock, so that the same id means the same range later. */
  #whole(query: MetricsQuery & { upToId: number }): WholeQuery {
    const newestMs = this.#reader.log.newestMs(query.upToId) ?? this.#startedMs
    const toMs = query.toMs ?? Math.max(newestMs, query.fromMs ?? newestMs)
    return { ...query, toMs, fromMs: query.fromMs ?? toMs - DEFAULT_RANGE_MS }
  }
}
