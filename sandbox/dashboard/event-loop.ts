import { setImmediate } from 'node:timers/promises'

// Short against the 20 ms that plain reads are promised.
const TURN_MS = 3

/** A long computation that lets others run: `await` it between parts of less than a millisecond. */
export class LongWork {
  #sinceMs = performance.now()

  /** Yields when the event loop has been held for some milliseconds. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#sinceMs < TURN_MS) return
    await setImmediate()
    this.#sinceMs = performance.now()
  }
}
