import type { EntryIds } from './dashboard/entry-ids.ts'
import type { Enhancement } from './enhancer.ts'
import type { PooledSqlite } from './pooled-sqlite.ts'
import { totalUsd } from './price.ts'
import type { Tables } from './tables.ts'
import type { Parameter } from './transaction.ts'

/** One page of a user's own items, newest first; pages count from 1. */
export interface HistoryQuery {
  userId: number
  page: number
  pageSize: number
}

type HistoryItem = Pick<
  Tables['enhancements'],
  'id' | 'prompt' | 'technique' | 'cost_usd' | 'created_at'
>

type Context = Pick<
  Tables['enhancements'],
  'id' | 'user_id' | 'batch_id' | 'created_at' | 'latency_ms'
>

/** What the prompt API keeps. Every write is committed when its promise resolves. */
export class Store {
  readonly #database: PooledSqlite
  // Ids are given here, not by the database: a batch knows those of its rows without asking back.
  readonly #ids: EntryIds
  readonly #queries: ReturnType<typeof queriesOf>
  #lastBatchId = 0
  #newestMs = 0

  constructor(database: PooledSqlite, ids: EntryIds) {
    this.#database = database
    this.#ids = ids
    this.#queries = queriesOf(database)
  }

  async findUser(username: string): Promise<Tables['users'] | undefined> {
    const [user] = await this.#database.all<Tables['users']>(this.#queries.user, username)
    return user
  }

  /** @returns the id of the stored enhancement */
  addEnhancement(userId: number, enhancement: Enhancement, latencyMs: number): Promise<number> {
    return this.#ids.write(1, async (id) => {
      const context = { user_id: userId, batch_id: null, latency_ms: latencyMs }
      const row = rowOf(enhancement, { id, created_at: this.#now(), ...context })
      await this.#database.run(this.#queries.addEnhancement, ...row)
      return id
    })
  }

  /** Stores a batch and its enhancements in one transaction. */
  addBatch(
    userId: number,
    enhancements: Enhancement[],
    latencyMs: number,
  ): Promise<{ id: number; enhancementIds: number[] }> {
    return this.#ids.write(enhancements.length, async (firstId) => {
      const { addBatch, addEnhancement } = this.#queries
      const id = ++this.#lastBatchId
      const created_at = this.#now()
      const batch = [id, userId, enhancements.length, totalUsd(enhancements), created_at]
      const context = { user_id: userId, batch_id: id, latency_ms: latencyMs, created_at }
      const rows = enhancements.map((each, at) => rowOf(each, { id: firstId + at, ...context }))
      await this.#database.transaction((transaction) => {
        transaction.run(addBatch, [batch])
        transaction.run(addEnhancement, rows)
      })
      return { id, enhancementIds: enhancements.map((_, at) => firstId + at) }
    })
  }

  async history({ userId, page, pageSize }: HistoryQuery) {
    const { history, historyRows } = this.#queries
    const [items, [total]] = await Promise.all([
      this.#database.all<HistoryItem>(history, userId, pageSize, (page - 1) * pageSize),
      this.#database.all<{ rows: number }>(historyRows, userId),
    ])
    return { items, total: total?.rows ?? 0 }
  }

  /** @returns false when the user has no such enhancement */
  async rate(userId: number, enhancementId: number, satisfied: boolean): Promise<boolean> {
    const { rate } = this.#queries
    const rows = await this.#ids.write(1, (id) =>
      this.#database.run(rate, id, satisfied ? 1 : 0, enhancementId, userId),
    )
    return rows > 0
  }

  /** Counts the rows that are there, so that accepted and stored can be compared. */
  async count(table: keyof Tables): Promise<number> {
    const query = this.#database.prepare(`SELECT count(*) AS rows FROM ${table}`)
    const [count] = await this.#database.all<{ rows: number }>(query)
    return count?.rows ?? 0
  }

  /** Never earlier than before, even when the clock is set back: a range of time is one of ids. */
  #now(): string {
    this.#newestMs = Math.max(this.#newestMs, Date.now())
    return new Date(this.#newestMs).toISOString()
  }
}

function queriesOf(database: PooledSqlite) {
  return {
    user: database.prepare('SELECT * FROM users WHERE username = ?'),
    addBatch: database.prepare(
      'INSERT INTO batches (id, user_id, prompts, cost_usd, created_at) VALUES (?, ?, ?, ?, ?)',
    ),
    addEnhancement: database.prepare(
      `INSERT INTO enhancements
         (id, user_id, batch_id, created_at, latency_ms, prompt, technique, confidence, cost_usd)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    history: database.prepare(
      `SELECT id, prompt, technique, cost_usd, created_at FROM enhancements
       WHERE user_id = ? ORDER BY id DESC LIMIT ? OFFSET ?`,
    ),
    historyRows: database.prepare('SELECT count(*) AS rows FROM enhancements WHERE user_id = ?'),
    rate: database.prepare(
      `INSERT INTO ratings (id, satisfied, enhancement_id)
       SELECT ?, ?, id FROM enhancements WHERE id = ? AND user_id = ?`,
    ),
  }
}

/** In the order of `addEnhancement`. */
function rowOf({ prompt, technique, confidence, costUsd }: Enhancement, context: Context) {
  const { id, user_id, batch_id, created_at, latency_ms } = context
  const row: Parameter[] = [id, user_id, batch_id, created_at, latency_ms]
  row.push(prompt, technique, confidence, costUsd)
  return row
}
