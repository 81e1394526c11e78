import type { Cell } from './cells.ts'

/** An enhancement, or the change that a rating made to one. */
export interface Entry {
  id: number
  /** When the enhancement was created, also for its ratings. */
  createdAtMs: number
  cell: Cell
  /** 1 for an enhancement, 0 for a rating. */
  prompts: number
  /** In units of 1e-8 dollars, to which costs are rounded: whole numbers, whose sums are exact. */
  costUnits: number
  latencyMs: number
  /** 1 for the first rating of an enhancement, otherwise 0. */
  rated: number
  /** 1 for one more satisfied, -1 for one less, otherwise 0. */
  satisfied: number
}

const BLOCK_ENTRIES = 16_384

// Two million entries, 72 MB; at 1,100 requests a second that is half an hour.
const BLOCKS_MAX = 122

/** Entries in columns: 36 bytes each, and a pass over 100,000 takes a millisecond. */
export class EntryBlock {
  readonly ids = new Float64Array(BLOCK_ENTRIES)
  readonly createdAtMs = new Float64Array(BLOCK_ENTRIES)
  readonly costUnits = new Float64Array(BLOCK_ENTRIES)
  readonly latenciesMs = new Float64Array(BLOCK_ENTRIES)
  readonly cells = new Uint8Array(BLOCK_ENTRIES)
  readonly prompts = new Uint8Array(BLOCK_ENTRIES)
  readonly rated = new Int8Array(BLOCK_ENTRIES)
  readonly satisfied = new Int8Array(BLOCK_ENTRIES)
  length = 0
  /** The largest of `createdAtMs`. */
  newestMs = -Infinity

  get isFull(): boolean {
    return this.length === BLOCK_ENTRIES
  }

  append(entry: Entry): void {
    const at = this.length++
    this.ids[at] = entry.id
    this.createdAtMs[at] = entry.createdAtMs
    this.costUnits[at] = entry.costUnits
    this.latenciesMs[at] = entry.latencyMs
    this.cells[at] = entry.cell
    this.prompts[at] = entry.prompts
    this.rated[at] = entry.rated
    this.satisfied[at] = entry.satisfied
    this.newestMs = Math.max(this.newestMs, entry.createdAtMs)
  }
}

/** The newest entries in the order of their ids; the oldest leave in whole blocks. */
export class EntryLog {
  #blocks: EntryBlock[] = []
  readonly #blocksMax: number
  #forgottenMs = -Infinity

  constructor(blocksMax = BLOCKS_MAX) {
    this.#blocksMax = blocksMax
  }

  /** Oldest first. What a reader holds stays whole, whatever is appended or forgotten meanwhile. */
  get blocks(): readonly EntryBlock[] {
    return this.#blocks
  }

  /** A range that begins at or before this is no longer complete. */
  get forgottenMs(): number {
    return this.#forgottenMs
  }

  append(entry: Entry): void {
    let block = this.#blocks.at(-1)
    if (block === undefined || block.isFull) {
      block = new EntryBlock()
      this.#blocks = [...this.#blocks, block]
      if (this.#blocks.length > this.#blocksMax) this.#forgetOldest()
    }
    block.append(entry)
  }

  /** When the newest enhancement up to an id was created; undefined when none is known. */
  newestMs(upToId: number): number | undefined {
    for (let at = this.#blocks.length - 1; at >= 0; at--) {
      const { ids, createdAtMs, prompts, length } = this.#blocks[at] as EntryBlock
      if ((ids[0] as number) > upToId) continue
      for (let index = length - 1; index >= 0; index--) {
        if (prompts[index] === 1 && (ids[index] as number) <= upToId) return createdAtMs[index]
      }
    }
    return undefined
  }

  #forgetOldest(): void {
    const [oldest, ...rest] = this.#blocks
    this.#forgottenMs = Math.max(this.#forgottenMs, oldest?.newestMs ?? -Infinity)
    this.#blocks = rest
  }
}
