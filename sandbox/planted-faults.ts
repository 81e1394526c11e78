/** Picks every nth call; none for 0. For faults that are planted on purpose, to test verdicts. */
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
