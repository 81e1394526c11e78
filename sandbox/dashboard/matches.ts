import { CELLS, cellsOf, type Cell } from './cells.ts'
import type { EntryBlock } from './entry-log.ts'
import type { MetricsQuery } from './metrics-query.ts'

/** A query whose range and newest id are known. */
export type WholeQuery = MetricsQuery & { fromMs: number; toMs: number; upToId: number }

/** Sums of some cells, and all their latencies. */
export interface Group {
  prompts: number
  costUnits: number
  latenciesMs: Float64Array
}

/** What a query matches: sums by cell, and each latency with its cell. */
export class Matches {
  rated = 0
  satisfied = 0
  readonly #query: WholeQuery
  readonly #wanted = new Uint8Array(CELLS)
  readonly #prompts = new Uint32Array(CELLS)
  readonly #costUnits = new Float64Array(CELLS)
  readonly #latenciesMs: Float64Array
  readonly #cells: Uint8Array
  #length = 0
  #byCell: Float64Array[] | undefined

  /** `entries` is how many there may be at most. */
  constructor(query: WholeQuery, entries: number) {
    this.#query = query
    for (const cell of cellsOf(query)) this.#wanted[cell] = 1
    this.#latenciesMs = new Float64Array(entries)
    this.#cells = new Uint8Array(entries)
  }

  /** Adds what matches of a block; later blocks have larger ids. */
  add(block: EntryBlock): void {
    const { ids, createdAtMs, cells, prompts, costUnits, latenciesMs } = block
    const { fromMs, toMs, upToId } = this.#query
    for (let at = 0; at < block.length && (ids[at] as number) <= upToId; at++) {
      const cell = cells[at] as Cell
      const createdMs = createdAtMs[at] as number
      if (this.#wanted[cell] === 0 || createdMs < fromMs || createdMs > toMs) continue
      if (prompts[at] === 0) {
        this.rated += block.rated[at] as number
        this.satisfied += block.satisfied[at] as number
        continue
      }
      this.#prompts[cell] = (this.#prompts[cell] as number) + 1
      this.#costUnits[cell] = (this.#costUnits[cell] as number) + (costUnits[at] as number)
      this.#latenciesMs[this.#length] = latenciesMs[at] as number
      this.#cells[this.#length++] = cell
    }
  }

  /** Some cells together, once all is added; the latencies are the caller's to reorder. */
  group(cells: Cell[]): Group {
    this.#byCell ??= this.#latenciesByCell()
    let prompts = 0
    let costUnits = 0
    for (const cell of cells) {
      prompts += this.#prompts[cell] as number
      costUnits += this.#costUnits[cell] as number
    }
    const latenciesMs = new Float64Array(prompts)
    let copied = 0
    for (const cell of cells) {
      latenciesMs.set(this.#byCell[cell] as Float64Array, copied)
      copied += this.#prompts[cell] as number
    }
    return { prompts, costUnits, latenciesMs }
  }

  /** One pass, so that no group has to look at the latencies of the others. */
  #latenciesByCell(): Float64Array[] {
    const byCell = Array.from(this.#prompts, (prompts) => new Float64Array(prompts))
    const filled = new Uint32Array(CELLS)
    for (let at = 0; at < this.#length; at++) {
      const cell = this.#cells[at] as Cell
      const latenciesMs = byCell[cell] as Float64Array
      latenciesMs[filled[cell] as number] = this.#latenciesMs[at] as number
      filled[cell] = (filled[cell] as number) + 1
    }
    return byCell
  }
}
