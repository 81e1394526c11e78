/** Counts calls and picks every nth of them; with 0 none. For faults that a test of a verdict plants. */
export class EveryNth {
  readonly #every: number
  #calls = 0

  constructor(every: number) {
    this.#every = every
  }

  /** Whether this call is one of them. */
  next(): boolean {
    return this.#every > 0 && ++this.#calls % this.#every === 0
  }
}
