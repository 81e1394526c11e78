import type { Kysely as KyselyOf, Transaction } from 'kysely'
import type { EntryIds } from './dashboard/entry-ids.ts'
import type { Enhancement } from './enhancer.ts'
import { totalUsd } from './price.ts'
import type { Tables } from './tables.ts'

type Row = Tables['enhancements']

/** One page of a user's own items, newest first; pages count from 1. */
export interface HistoryQuery {
  userId: number
  page: number
  pageSize: number
}

type Context = Pick<Row, 'id' | 'user_id' | 'batch_id' | 'created_at' | 'latency_ms'>

/** What the prompt API keeps. Every write is committed when its promise resolves. */
export class Store {
  readonly #database: KyselyOf<Tables>
  // Ids are given here, not by the database: a batch knows those of its rows without asking back.
  readonly #ids: EntryIds
  #lastBatchId = 0
  #newestMs = 0

  constructor(database: KyselyOf<Tables>, ids: EntryIds) {
    this.#database = database
    this.#ids = ids
  }

  findUser(username: string): Promise<Tables['users'] | undefined> {
    return this.#database
      .selectFrom('users')
      .selectAll()
      .where('username', '=', username)
      .executeTakeFirst()
  }

  /** @returns the id of the stored enhancement */
  addEnhancement(userId: number, enhancement: Enhancement, latencyMs: number): Promise<number> {
    return this.#ids.write(1, async (id) => {
      const context = { user_id: userId, batch_id: null, latency_ms: latencyMs }
      const row = rowOf(enhancement, { id, created_at: this.#now(), ...context })
      await this.#database.insertInto('enhancements').values(row).execute()
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
      const batch = {
        id: ++this.#lastBatchId,
        user_id: userId,
        prompts: enhancements.length,
        cost_usd: totalUsd(enhancements),
        created_at: this.#now(),
      }
      const { id, created_at } = batch
      const context = { user_id: userId, batch_id: id, latency_ms: latencyMs, created_at }
      const rows = enhancements.map((each, at) => rowOf(each, { id: firstId + at, ...context }))
      await this.#database.transaction().execute(async (transaction: Transaction<Tables>) => {
        await transaction.insertInto('batches').values(batch).execute()
        await transaction.insertInto('enhancements').values(rows).execute()
      })
      return { id, enhancementIds: rows.map((row) => row.id) }
    })
  }

  async history({ userId, page, pageSize }: HistoryQuery) {
    const own = this.#database.selectFrom('enhancements').where('user_id', '=', userId)
    const [items, total] = await Promise.all([
      own
        .select(['id', 'prompt', 'technique', 'cost_usd', 'created_at'])
        .orderBy('id', 'desc')
        .limit(pageSize)
        .offset((page - 1) * pageSize)
        .execute(),
      own.select((select) => select.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow(),
    ])
    return { items, total: total.rows }
  }

  /** @returns false when the user has no such enhancement */
  rate(userId: number, enhancementId: number, satisfied: boolean): Promise<boolean> {
    return this.#ids.write(1, async (id) => {
      const { numInsertedOrUpdatedRows } = await this.#database
        .insertInto('ratings')
        .columns(['id', 'enhancement_id', 'satisfied'])
        .expression((query) =>
          query
            .selectFrom('enhancements')
            .select((eb) => [
              eb.val(id).as('id'),
              'enhancements.id as enhancement_id',
              eb.val(satisfied ? 1 : 0).as('satisfied'),
            ])
            .where('enhancements.id', '=', enhancementId)
            .where('user_id', '=', userId),
        )
        .executeTakeFirstOrThrow()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    })
  }

  /** Counts the rows that are there, so that accepted and stored can be compared. */
  async count(table: keyof Tables): Promise<number> {
    const { rows } = await this.#database
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    return rows
  }

  /** Never earlier than before, even when the clock is set back: a range of time is one of ids. */
  #now(): string {
    this.#newestMs = Math.max(this.#newestMs, Date.now())
    return new Date(this.#newestMs).toISOString()
  }
}

function rowOf({ prompt, technique, confidence, costUsd }: Enhancement, context: Context): Row {
  return { ...context, prompt, technique, confidence, cost_usd: costUsd }
}
