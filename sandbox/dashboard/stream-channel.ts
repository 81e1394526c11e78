import type { MetricsQuery } from './metrics-query.ts'
import type { Summaries } from './summaries.ts'
import type { StreamSocket } from './stream-socket.ts'

/** One open stream. */
export interface StreamClient {
  socket: StreamSocket
  /** Of its last update; 0 before the first. */
  sequence: number
}

/** All clients with one filter, and the update that they share. */
export class StreamChannel {
  readonly clients = new Set<StreamClient>()
  readonly #query: MetricsQuery
  readonly #summaries: Summaries
  readonly #intervalMs: number
  #latest: Promise<string> | undefined
  #latestSinceMs = 0

  constructor(query: MetricsQuery, summaries: Summaries, intervalMs: number) {
    this.#query = query
    this.#summaries = summaries
    this.#intervalMs = intervalMs
  }

  /**
   * The latest update, without its sequence: JSON text that lacks the first brace.
   *
   * @param notOlderMs computed anew when it is older; so a thousand clients that come at once
   *   cost one computation
   */
  update(notOlderMs: number): Promise<string> {
    const nowMs = performance.now()
    if (this.#latest === undefined || nowMs - this.#latestSinceMs >= notOlderMs) {
      this.#latest = this.#compute()
      this.#latestSinceMs = nowMs
    }
    return this.#latest
  }

  async #compute(): Promise<string> {
    const at = new Date().toISOString()
    const summary = await this.#summaries.json(this.#query)
    return `"at":"${at}","interval_ms":${this.#intervalMs},"summary":${summary}}`
  }
}
