import { ApiError } from '../api-error.ts'

/**
 * Ids of enhancements and of their ratings, one sequence for both, and how far it has settled.
 *
 * An id is given before its row is committed, and commits overtake each other. So "all rows up to
 * the newest id" would change afterwards; "all rows up to the newest settled id" never does, because
 * at and below it every write has been committed or has failed.
 */
export class EntryIds {
  #newest = 0
  // In the order the ids were given, so the first is the smallest.
  readonly #unsettled = new Set<{ first: number }>()
  readonly #waiting = new Set<{ id: number; resolve: () => void }>()

  /** The largest id at and below which nothing will change any more; 0 before the first. */
  get settled(): number {
    const [oldest] = this.#unsettled
    return oldest === undefined ? this.#newest : oldest.first - 1
  }

  /** Gives `count` ids in a row to `write`, from the one it is called with, until it has ended. */
  async write<Result>(count: number, write: (firstId: number) => Promise<Result>): Promise<Result> {
    const unsettled = { first: this.#newest + 1 }
    this.#newest += count
    this.#unsettled.add(unsettled)
    try {
      return await write(unsettled.first)
    } finally {
      this.#unsettled.delete(unsettled)
      if (this.#waiting.size > 0) this.#wake()
    }
  }

  /**
   * Waits until an id has settled.
   *
   * @throws ApiError 400 for an id that has not been given yet
   */
  async whenSettled(id: number): Promise<void> {
    if (id > this.#newest) {
      const rule = `Expected up_to_id to be at most ${this.#newest}, the newest id, got ${id}`
      throw new ApiError(400, 'invalid_request', rule)
    }
    if (id <= this.settled) return
    await new Promise<void>((resolve) => this.#waiting.add({ id, resolve }))
  }

  #wake(): void {
    const { settled } = this
    for (const waiter of this.#waiting) {
      if (waiter.id > settled) continue
      this.#waiting.delete(waiter)
      waiter.resolve()
    }
  }
}
