import type { Kysely as KyselyOf, Transaction } from 'kysely'
import type { Tables } from './database.ts'
import type { Enhancement } from './enhancer.ts'
import { totalUsd } from './price.ts'

type Row = Tables['enhancements']

/** One page of a user's own items, newest first; pages count from 1. */
export interface HistoryQuery {
  userId: number
  page: number
  pageSize: number
}

/** All that the API keeps. Every write is committed when its promise resolves. */
export class Store {
  readonly #database: KyselyOf<Tables>
  // Ids are given here, not by the database: a batch knows those of its rows without asking back.
  #lastEnhancementId = 0
  #lastBatchId = 0

  constructor(database: KyselyOf<Tables>) {
    this.#database = database
  }

  findUser(username: string): Promise<Tables['users'] | undefined> {
    return this.#database
      .selectFrom('users')
      .selectAll()
      .where('username', '=', username)
      .executeTakeFirst()
  }

  /** @returns the id of the stored enhancement */
  async addEnhancement(userId: number, enhancement: Enhancement): Promise<number> {
    const row = this.#rowOf(enhancement, { userId, batchId: null, createdAt: now() })
    await this.#database.insertInto('enhancements').values(row).execute()
    return row.id
  }

  /** Stores a batch and its enhancements in one transaction. */
  async addBatch(
    userId: number,
    enhancements: Enhancement[],
  ): Promise<{ id: number; enhancementIds: number[] }> {
    const createdAt = now()
    const batchId = ++this.#lastBatchId
    const rows = enhancements.map((each) => this.#rowOf(each, { userId, batchId, createdAt }))
    const batch = {
      id: batchId,
      user_id: userId,
      prompts: rows.length,
      cost_usd: totalUsd(enhancements),
      created_at: createdAt,
    }
    await this.#database.transaction().execute(async (transaction: Transaction<Tables>) => {
      await transaction.insertInto('batches').values(batch).execute()
      await transaction.insertInto('enhancements').values(rows).execute()
    })
    return { id: batchId, enhancementIds: rows.map(({ id }) => id) }
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
  async rate(userId: number, id: number, satisfied: boolean): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('enhancements')
      .set({ satisfied: satisfied ? 1 : 0 })
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    return numUpdatedRows > 0n
  }

  /** Counts the rows that are there, so that accepted and stored can be compared. */
  async counts(): Promise<Record<'prompts' | 'batches' | 'users', number>> {
    const [prompts, batches, users] = await Promise.all([
      this.#count('enhancements'),
      this.#count('batches'),
      this.#count('users'),
    ])
    return { prompts, batches, users }
  }

  async #count(table: keyof Tables): Promise<number> {
    const { rows } = await this.#database
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    return rows
  }

  #rowOf(
    { prompt, technique, confidence, costUsd }: Enhancement,
    { userId, batchId, createdAt }: { userId: number; batchId: number | null; createdAt: string },
  ): Row {
    return {
      id: ++this.#lastEnhancementId,
      user_id: userId,
      batch_id: batchId,
      prompt,
      technique,
      confidence,
      cost_usd: costUsd,
      created_at: createdAt,
      satisfied: null,
    }
  }
}

function now(): string {
  return new Date().toISOString()
}
