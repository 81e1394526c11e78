import type { Kysely as KyselyOf, Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { mergedState } from './canvas-state.ts'

/** A canvas's state as it is stored: JSON text, so that a read needs neither parse nor print it. */
export type StoredState = Omit<Tables['canvases'], 'id'>

/** An execution before the database gives it an id. */
export type NewExecution = Omit<Tables['executions'], 'id' | 'created_at'>

/** What the canvas API keeps. Every write is committed when its promise resolves. */
export class CanvasStore {
  readonly #database: KyselyOf<Tables>
  #lastExecutionId = 0

  constructor(database: KyselyOf<Tables>) {
    this.#database = database
  }

  find(id: string): Promise<StoredState | undefined> {
    return this.#database
      .selectFrom('canvases')
      .select(['version', 'state', 'updated_at'])
      .where('id', '=', id)
      .executeTakeFirst()
  }

  async exists(id: string): Promise<boolean> {
    const query = this.#database.selectFrom('canvases').select('version').where('id', '=', id)
    return (await query.executeTakeFirst()) !== undefined
  }

  /** Sets the state, whatever it was. One statement, so versions have no gaps. */
  replace(id: string, state: string): Promise<Omit<StoredState, 'state'>> {
    return this.#database
      .insertInto('canvases')
      .values({ id, version: 1, state, updated_at: now() })
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          version: eb('canvases.version', '+', 1),
          state: eb.ref('excluded.state'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .returning(['version', 'updated_at'])
      .executeTakeFirstOrThrow()
  }

  /**
   * Merges into the stored state. The transaction holds the writer's turn from its first read, so
   * two merges cannot start from the same version.
   *
   * @returns undefined when there is no state yet
   * @throws ApiError 413 when the merged state is too large
   */
  merge(id: string, changes: object): Promise<StoredState | undefined> {
    return this.#database.transaction().execute(async (transaction: Transaction<Tables>) => {
      const stored = await transaction
        .selectFrom('canvases')
        .select(['version', 'state'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (stored === undefined) return undefined

      const state = mergedState(stored.state, changes)
      const merged = { version: stored.version + 1, state, updated_at: now() }
      await transaction.updateTable('canvases').set(merged).where('id', '=', id).execute()
      return merged
    })
  }

  /** @returns the id of the stored execution */
  async addExecution(execution: NewExecution): Promise<number> {
    const id = ++this.#lastExecutionId
    const row = { id, ...execution, created_at: now() }
    await this.#database.insertInto('executions').values(row).execute()
    return id
  }
}

function now(): string {
  return new Date().toISOString()
}
