import type { PooledSqlite } from '../../../pooled-sqlite.ts'
import type { Collection, NewRecord, RecordQuery, StoredRecord, Totals } from './record.ts'
import { queriesOf, tableSql } from './record-queries.ts'

/** The records of one collection, each in a row of its table. */
export class RecordStore {
  readonly #database: PooledSqlite
  readonly #queries: ReturnType<typeof queriesOf>
  #rows: number
  #lastId: number

  constructor(database: PooledSqlite, collection: Collection, seeded: number) {
    database.createTables(tableSql(collection, seeded))
    this.#database = database
    this.#queries = queriesOf(database, collection)
    this.#rows = this.#lastId = seeded
  }

  /** Rows that are stored. */
  get rows(): number {
    return this.#rows
  }

  /** @returns the record's id */
  async add({ category, label, amount, data }: NewRecord): Promise<number> {
    const id = ++this.#lastId
    // Counted before it is stored, so that writes at once do not exceed the limit together.
    this.#rows++
    try {
      await this.#database.run(this.#queries.add, id, category, label, amount, data)
    } catch (error) {
      this.#rows--
      throw error
    }
    return id
  }

  async find(id: number): Promise<StoredRecord | undefined> {
    const [record] = await this.#database.all<StoredRecord>(this.#queries.find, id)
    return record
  }

  /** Changes the amount. One statement, so versions have no gaps. */
  async update(id: number, amount: number): Promise<{ version: number } | undefined> {
    const { update } = this.#queries
    const [changed] = await this.#database.all<{ version: number }>(update, amount, id)
    return changed
  }

  /** @returns false when there was no such record */
  async remove(id: number): Promise<boolean> {
    const removed = await this.#database.run(this.#queries.remove, id)
    this.#rows -= removed
    return removed > 0
  }

  /** The records of the highest amounts: by category with the index, by a part of their label without one. */
  query({ category, label = '', limit }: RecordQuery): Promise<StoredRecord[]> {
    const { byCategory, byLabel } = this.#queries
    if (category !== undefined) return this.#database.all(byCategory, category, limit)
    return this.#database.all(byLabel, label, limit)
  }

  /** Count, sum, minimum and maximum of the amounts of a category. */
  async aggregate(category: string): Promise<Totals> {
    const [totals] = await this.#database.all<Totals>(this.#queries.aggregate, category)
    if (totals === undefined) throw new Error('Expected an aggregate to give one row')
    return totals
  }
}
